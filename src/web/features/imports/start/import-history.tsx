import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './import-history.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportSummary } from '../../../../shared/contracts/import-job.ts';
import { formatMoment } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { classNames } from '../../../ui/class-names.ts';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { importsQuery } from '../import-api.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';

/** Leaves out dry runs of a file that was checked or imported again later. The list has the newest first. */
const withoutOldChecks = (jobs: readonly ImportSummary[]): readonly ImportSummary[] =>
  jobs.filter(
    (job, index) =>
      !job.dryRun ||
      !jobs
        .slice(0, index)
        .some(({ fileName, professionalId }) => fileName === job.fileName && professionalId === job.professionalId),
  );

/** Earlier imports and those under way; each opens at its current step. */
export function ImportHistory() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useQuery(importsQuery);
  return (
    <section className={importText['import-history']}>
      <h2 className={importText['import-heading']}>
        <Trans>Importações dos últimos 30 dias</Trans>
      </h2>
      {data?.length === 0 && (
        <p className={importText['import-text']}>
          <Trans>Nenhuma ainda. Cada importação fica aqui e pode ser desfeita por 30 dias.</Trans>
        </p>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={importText['import-list']} aria-label={t`Importações`}>
          {withoutOldChecks(data).map((job) => (
            <Item key={job.id} job={job} />
          ))}
        </ul>
      )}
      {isPending && <SkeletonRows rows={2} />}
      {error !== null && data === undefined && <FailureState error={error} onRetry={() => void refetch()} />}
    </section>
  );
}

function Item({ job }: { readonly job: ImportSummary }) {
  const timeZone = useClinicTimeZone();
  const professional = useProfessionalNames()(job.professionalId);
  return (
    <li>
      <Link to="/importar/$id" params={{ id: job.id }} className={styles['import-item']}>
        <span className={importList['import-item-words']}>
          <span className={importList['import-item-name']}>{job.fileName ?? <Trans>Outro sistema</Trans>}</span>
          <span className={classNames(importList['import-item-line'], 'tabular')}>
            {formatMoment(job.createdAt, timeZone)}
            {professional !== undefined && ` · ${professional}`}
          </span>
          <span className={classNames(importList['import-item-line'], 'tabular')}>
            <Outcome job={job} />
          </span>
        </span>
        <IconChevronRight size="1.25rem" aria-hidden="true" />
      </Link>
    </li>
  );
}

function Outcome({ job }: { readonly job: ImportSummary }) {
  switch (job.status) {
    case 'done':
      return job.dryRun ? <Trans>Conferida, ainda não importada</Trans> : <Changes job={job} />;
    case 'undone':
      return <Trans>Desfeita</Trans>;
    case 'failed':
      return <Trans>Não importada</Trans>;
    case 'interrupted':
      return <Trans>Interrompida</Trans>;
    case 'queued':
    case 'running':
    case 'undoing':
      return <Trans>Em andamento</Trans>;
  }
}

function Changes({ job: { created, updated, booked } }: { readonly job: ImportSummary }) {
  if (created + updated + booked === 0) return <Trans>Nada mudou</Trans>;
  return (
    <>
      {created > 0 && <Plural value={created} one="# cliente novo" other="# clientes novos" />}
      {created > 0 && updated > 0 && ' · '}
      {updated > 0 && <Plural value={updated} one="# atualizado" other="# atualizados" />}
      {created + updated > 0 && booked > 0 && ' · '}
      {booked > 0 && <Plural value={booked} one="# consulta marcada" other="# consultas marcadas" />}
    </>
  );
}
