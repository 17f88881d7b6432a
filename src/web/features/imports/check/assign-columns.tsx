import importBar from '../import-bar.module.css';
import importText from '../import-text.module.css';
import { Trans } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { Button } from '../../../ui/button.tsx';
import { ColumnFields } from './column-fields.tsx';
import { StepHeading } from '../step-heading.tsx';
import { ToStart } from '../to-start.tsx';
import { useColumnChoice } from './use-column-choice.ts';
import { useRepeat } from './use-repeat.ts';
import { Failure } from '../../../ui/failure.tsx';

/** For a file whose headers do not say what the columns hold: a person has to, before the file can be checked. */
export function AssignColumns({ job, message }: { readonly job: ImportJob; readonly message: string }) {
  const choice = useColumnChoice(job);
  const { run, pending, error } = useRepeat(job);
  return (
    <section className={importText['import-form']}>
      <div>
        <StepHeading>
          <Trans>O que há em cada coluna?</Trans>
        </StepHeading>
        <p className={importText['import-text']}>
          {message} <Trans>Nada foi gravado ainda.</Trans>
        </p>
      </div>
      <ColumnFields choice={choice} preview={job.preview} />
      <Failure error={error} />
      <div className={importBar['import-bar']} data-sticky="">
        <Button
          variant="primary"
          busy={pending !== undefined}
          disabled={choice.clashes.size > 0}
          onClick={() => {
            run({ dryRun: job.dryRun, onConflict: job.onConflict, mapping: choice.mapping });
          }}
        >
          <Trans>Conferir de novo</Trans>
        </Button>
        <ToStart>
          <Trans>Cancelar</Trans>
        </ToStart>
      </div>
    </section>
  );
}
