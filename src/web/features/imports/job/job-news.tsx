import { useLingui } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { isUnderWay } from '../import-api.ts';

/**
 * Announces an import's progress to screen readers: each quarter, and the end. It stays on the page between the steps, because
 * screen readers announce only changes of an element that they know.
 */
export function JobNews({ job }: { readonly job: ImportJob | undefined }) {
  return (
    <p className="visually-hidden" role="status">
      <News job={job} />
    </p>
  );
}

function News({ job }: { readonly job: ImportJob | undefined }) {
  const { t } = useLingui();
  if (job === undefined) return null;
  if (isUnderWay(job)) {
    const percent = Math.floor(job.progress * 4) * 25;
    if (job.status === 'undoing') return t`Desfazendo a importação.`;
    return job.dryRun ? t`Conferindo o arquivo: ${percent} %.` : t`Importando: ${percent} %.`;
  }
  if (job.status === 'undone') return t`A importação foi desfeita.`;
  if (job.status !== 'done') return null;
  return job.dryRun ? t`O arquivo está conferido.` : t`A importação está concluída.`;
}
