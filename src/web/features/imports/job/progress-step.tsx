import importProgress from '../import-progress.module.css';
import importText from '../import-text.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import { classNames } from '../../../ui/class-names.ts';
import { StepHeading } from '../step-heading.tsx';
import { Failure } from '../../../ui/failure.tsx';

/** An import under way. JobNews announces the progress to screen readers, in larger steps. */
export function ProgressStep({ job, isOutOfReach }: { readonly job: ImportJob; readonly isOutOfReach: boolean }) {
  const { t } = useLingui();
  const label = job.status === 'undoing' ? t`Desfazendo…` : job.dryRun ? t`Conferindo o arquivo…` : t`Importando…`;
  // There is no progress to show while undoing, or before the first row was read.
  const isMeasured = job.status === 'running' && job.progress > 0;
  return (
    <div className={importProgress['import-progress']}>
      <StepHeading>{label}</StepHeading>
      <progress
        className={importProgress['import-progress-bar']}
        aria-label={label}
        {...(isMeasured && { value: Math.floor(job.progress * 1000) / 10, max: 100 })}
      />
      <p className={classNames(importText['import-text'], 'tabular')}>
        {job.status === 'queued' ? <Trans>Na fila: começa em instantes.</Trans> : <Rows job={job} />}
      </p>
      {isOutOfReach ? (
        <Failure
          error={t`Sem conexão com o servidor. A importação continua lá; esta página volta a mostrá-la sozinha.`}
        />
      ) : (
        <p className={importText['import-text']}>
          <Trans>Você pode sair desta página: o trabalho continua no servidor e fica em “Importar”.</Trans>
        </p>
      )}
    </div>
  );
}

function Rows({ job }: { readonly job: ImportJob }) {
  if (job.status === 'undoing') return null;
  if (job.total === null)
    return <Plural value={job.processed} _0="Nenhuma linha lida ainda" one="# linha lida" other="# linhas lidas" />;
  const processed = job.processed.toLocaleString(currentLanguage());
  return <Plural value={job.total} one={`${processed} de # linha`} other={`${processed} de # linhas`} />;
}
