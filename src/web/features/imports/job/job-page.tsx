import importText from '../import-text.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { may } from '../../../../shared/permissions.ts';
import { ApiError } from '../../../lib/api.ts';
import { useMe } from '../../../lib/me.ts';
import { Page } from '../../../ui/page.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../../ui/states.tsx';
import { CheckStep } from '../check/check-step.tsx';
import { FailedStep } from '../check/failed-step.tsx';
import { importQuery, refreshAfterImport } from '../import-api.ts';
import { JobNews } from './job-news.tsx';
import { NoAccess } from '../no-access.tsx';
import { ProgressStep } from './progress-step.tsx';
import { ResultStep } from './result-step.tsx';
import { Steps } from '../steps.tsx';
import { ToStart } from '../to-start.tsx';

/** The page of one import, in whatever state it is: under way, checked, done, failed or undone. */
export function ImportJobPage() {
  return may(useMe(), 'imports.run') ? <Job /> : <NoAccess />;
}

function Job() {
  const { t } = useLingui();
  const { id = '' } = useParams({ strict: false });
  const { data: job, error, refetch } = useQuery(importQuery(id));
  const hasEnded = job?.dryRun === false && (job.status === 'done' || job.status === 'undone');
  const status = job?.status;
  useEffect(() => {
    if (hasEnded) refreshAfterImport();
  }, [hasEnded, status]);
  return (
    <>
      <Page title={t`Importar clientes`} key={id}>
        {job === undefined ? (
          error === null ? (
            <SkeletonRows rows={4} />
          ) : (
            <NoJob error={error} onRetry={() => void refetch()} />
          )
        ) : (
          <div className={importText['import-job']}>
            <Steps at={job.dryRun ? 'check' : 'result'} />
            <JobStep job={job} isOutOfReach={error !== null} />
          </div>
        )}
      </Page>
      <JobNews job={job} />
    </>
  );
}

function JobStep({ job, isOutOfReach }: { readonly job: ImportJob; readonly isOutOfReach: boolean }) {
  switch (job.status) {
    case 'queued':
    case 'running':
    case 'undoing':
      return <ProgressStep job={job} isOutOfReach={isOutOfReach} />;
    case 'failed':
    case 'interrupted':
      return <FailedStep job={job} />;
    case 'done':
    case 'undone':
      return job.dryRun ? <CheckStep job={job} /> : <ResultStep job={job} />;
  }
}

function NoJob({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useLingui();
  if (!(error instanceof ApiError) || error.status !== 404) return <FailureState error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      tone="neutral"
      icon={<IconFileOff />}
      title={t`Esta importação não está mais aqui`}
      actions={
        <ToStart>
          <Trans>Ver importações</Trans>
        </ToStart>
      }
    >
      <Trans>Importações ficam guardadas por 30 dias, e só quem as fez ou administra a clínica pode vê-las.</Trans>
    </EmptyState>
  );
}
