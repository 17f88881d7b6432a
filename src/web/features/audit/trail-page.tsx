import styles from './trail-page.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconDownload, IconListSearch, IconLock } from '@tabler/icons-react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { may } from '../../../shared/permissions.ts';
import { download } from '../../lib/download.ts';
import { useMe } from '../../lib/me.ts';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { trailQuery } from './audit-queries.ts';
import { EventRow } from './event-row.tsx';
import { FilterFields } from './filter-fields.tsx';
import { useTrailFilters } from './trail-filters.ts';
import { ShowMore } from '../../ui/show-more.tsx';

/** Who did what in the clinic, for its administrators and auditors. */
export function TrailPage() {
  return may(useMe().role, 'audit.read') ? <Trail /> : <NotYours />;
}

function Trail() {
  const { t } = useLingui();
  const { filters, change } = useTrailFilters();
  const list = useInfiniteQuery(trailQuery(filters));
  const events = list.data?.pages.flatMap(({ items }) => items);
  const save = (): void => {
    const query = new URLSearchParams({ dialect: 'excel' });
    for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value);
    download(`/audit/export.csv?${query.toString()}`).catch(toastFailure);
  };
  return (
    <Page
      title={t`Auditoria`}
      actions={<IconButton label={t`Exportar CSV`} icon={<IconDownload aria-hidden="true" />} onClick={save} />}
    >
      <FilterFields filters={filters} onChange={change} />
      {events === undefined && list.isError && (
        <FailureState
          error={list.error}
          onRetry={() => void list.refetch()}
          title={t`Não foi possível abrir a auditoria`}
        />
      )}
      {events === undefined && !list.isError && <SkeletonRows rows={8} />}
      {events?.length === 0 && (
        <NoEvents
          onShowAll={() => {
            change({});
          }}
        />
      )}
      {events !== undefined && events.length > 0 && (
        <>
          <Count total={list.data?.pages[0]?.total} />
          <ol className={styles['events']} aria-label={t`Auditoria`}>
            {events.map((event) => (
              <EventRow key={event.id} event={event} filters={filters} onFilter={change} />
            ))}
          </ol>
          <ShowMore list={list} wide />
        </>
      )}
    </Page>
  );
}

function Count({ total }: { readonly total: ResponseOf<'GET /audit'>['total'] | undefined }) {
  if (total === undefined) return null;
  return (
    <p className={styles['count']} role="status">
      {total.relation === 'gte' ? (
        <Trans>Mais de {total.value - 1} registros</Trans>
      ) : (
        <Plural value={total.value} one="# registro" other="# registros" />
      )}
    </p>
  );
}

function NoEvents({ onShowAll }: { readonly onShowAll: () => void }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconListSearch />}
      title={t`Nada registrado com estes filtros`}
      actions={
        <Button onClick={onShowAll}>
          <Trans>Mostrar tudo</Trans>
        </Button>
      }
    >
      <Trans>Tente um período maior, ou tire um dos filtros.</Trans>
    </EmptyState>
  );
}

function NotYours() {
  const { t } = useLingui();
  return (
    <Page title={t`Auditoria`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconLock />}
        title={t`A auditoria é de quem administra a clínica`}
        actions={
          <ButtonLink to="/clientes">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Quem abriu a ficha de um cliente seu está na própria ficha, em “Quem viu”.</Trans>
      </EmptyState>
    </Page>
  );
}
