import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { isColumnFailure } from '../../../../shared/contracts/import-columns.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { DateOrderChoice } from './date-order-choice.tsx';
import { AssignColumns } from './assign-columns.tsx';
import { ReadingChoice } from './reading-choice.tsx';
import { ReadingOptions } from './reading-options.tsx';
import { ToStart } from '../to-start.tsx';
import { useRepeat } from './use-repeat.ts';

/** Says why nothing was imported, and what to do. */
export function FailedStep({ job }: { readonly job: ImportJob }) {
  const { failure } = job;
  if (job.repeatable && failure !== null && failure.readings.length > 1)
    return <ReadingChoice job={job} readings={failure.readings} />;
  if (job.repeatable && failure !== null && isColumnFailure(failure.code) && job.columns.length > 0)
    return <AssignColumns job={job} message={failure.message} />;
  return <Failed job={job} />;
}

function Failed({ job }: { readonly job: ImportJob }) {
  const { t } = useLingui();
  const repeat = useRepeat(job);
  const { run, pending, error } = repeat;
  const isInterrupted = job.status === 'interrupted';
  const isAboutDates = job.failure?.code === 'mixed_dates' || job.failure?.code === 'month_first';
  const isMisread = job.repeatable && job.failure?.code === 'broken_text';
  return (
    <>
      <div role="alert">
        <EmptyState
          tone="danger"
          icon={<IconAlertTriangle />}
          title={isInterrupted ? t`A importação foi interrompida` : t`O arquivo não pôde ser importado`}
          actions={
            <>
              {job.repeatable && !isMisread && !isAboutDates && (
                <Button
                  variant={isInterrupted ? 'primary' : 'secondary'}
                  busy={pending !== undefined}
                  onClick={() => {
                    run({ dryRun: job.dryRun });
                  }}
                >
                  <Trans>Tentar de novo</Trans>
                </Button>
              )}
              <ToStart variant={isInterrupted && job.repeatable ? 'secondary' : 'primary'}>
                <Trans>Escolher outro arquivo</Trans>
              </ToStart>
            </>
          }
        >
          <p>{job.failure?.message ?? <Trans>Ela parou no meio do caminho.</Trans>}</p>
          {job.failure !== null && <Place failure={job.failure} />}
          <p>
            <Trans>Nada foi gravado.</Trans>
          </p>
        </EmptyState>
      </div>
      <Failure error={error} />
      {job.repeatable && isAboutDates && <DateOrderChoice job={job} repeat={repeat} />}
      {isMisread && <ReadingOptions job={job} repeat={repeat} />}
    </>
  );
}

function Place({ failure: { line, column } }: { readonly failure: NonNullable<ImportJob['failure']> }) {
  if (line === null) return null;
  return (
    <p>
      {column === null || column === 0 ? (
        <Trans>Na linha {line} do arquivo.</Trans>
      ) : (
        <Trans>
          Na linha {line} do arquivo, coluna {column}.
        </Trans>
      )}
    </p>
  );
}
