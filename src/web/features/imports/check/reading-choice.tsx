import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './reading-choice.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { Button } from '../../../ui/button.tsx';
import { encodingNames } from './reading-names.ts';
import { StepHeading } from '../step-heading.tsx';
import { useRepeat } from './use-repeat.ts';
import { Failure } from '../../../ui/failure.tsx';

interface ReadingChoiceProps {
  readonly job: ImportJob;
  readonly readings: NonNullable<ImportJob['failure']>['readings'];
}

/** For a file whose encoding is ambiguous: a person sees in which reading the names are right. */
export function ReadingChoice({ job, readings }: ReadingChoiceProps) {
  const { i18n } = useLingui();
  const { run, pending, error } = useRepeat(job);
  return (
    <section className={importText['import-form']}>
      <div>
        <StepHeading>
          <Trans>Em qual destas as letras com acento estão certas?</Trans>
        </StepHeading>
        <p className={importText['import-text']}>
          <Trans>O arquivo pode ser lido de mais de uma maneira. Nada foi gravado ainda.</Trans>
        </p>
      </div>
      <ul className={styles['import-readings']}>
        {readings.map(({ encoding, lines }, index) => (
          <li className={styles['import-reading']} key={encoding}>
            <div className={styles['import-reading-lines']} id={`leitura-${index}`}>
              {lines.map((line, at) => (
                <p key={at}>{line}</p>
              ))}
            </div>
            <p className={importList['import-item-line']}>{i18n._(encodingNames[encoding])}</p>
            <Button
              aria-describedby={`leitura-${index}`}
              busy={pending?.encoding === encoding}
              onClick={() => {
                if (pending === undefined) run({ dryRun: job.dryRun, onConflict: job.onConflict, encoding });
              }}
            >
              <Trans>Esta está certa</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <Failure error={error} />
    </section>
  );
}
