import styles from './viewers-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconEye, IconLock, IconPrinter } from '@tabler/icons-react';
import type { ClientView } from '../../../shared/contracts/audit.ts';
import { may } from '../../../shared/permissions.ts';
import { clientQuery } from '../../entities/client/client-queries.ts';
import { formatMoment, formatPlainDate, fullName, today } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { Verbatim } from '../../ui/verbatim.tsx';
import { actionWords, capacities } from './action-words.ts';
import { viewersQuery } from './audit-queries.ts';
import { ShowMore } from '../../ui/show-more.tsx';

/** Who opened a client's record: the answer, also on paper, to the client who asks. */
export function ViewersPage() {
  const { id } = useParams({ from: '/app/clientes/$id/quem-viu' });
  return may(useMe().role, 'clients.viewers') ? <Viewers key={id} id={id} /> : <NotYours />;
}

function Viewers({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(viewersQuery(id));
  const views = list.data?.pages.flatMap(({ items }) => items);
  const print = async (): Promise<void> => {
    // Paper has no button for more.
    for (let { hasNextPage } = list; hasNextPage;) ({ hasNextPage } = await list.fetchNextPage({ throwOnError: true }));
    // The rows that were read last are on the page after the next frame.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        globalThis.print();
      });
    });
  };
  return (
    <Page
      title={t`Quem viu`}
      parent={{ to: '/clientes/$id', params: { id }, label: t`Cadastro` }}
      width="text"
      primary={
        views !== undefined &&
        views.length > 0 && (
          <Button
            icon={<IconPrinter size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              print().catch(toastFailure);
            }}
          >
            <Trans>Imprimir</Trans>
          </Button>
        )
      }
    >
      <About id={id} />
      {views === undefined && list.isError && (
        <FailureState
          error={list.error}
          onRetry={() => void list.refetch()}
          title={t`Não foi possível abrir esta lista`}
        />
      )}
      {views === undefined && !list.isError && <SkeletonRows rows={5} />}
      {views?.length === 0 && (
        <EmptyState icon={<IconEye />} title={t`Ninguém abriu esta ficha ainda`}>
          <Trans>Cada abertura da ficha aparece aqui, com quem, quando e em que função.</Trans>
        </EmptyState>
      )}
      {views !== undefined && views.length > 0 && (
        <ol className={styles['views']} aria-label={t`Quem viu`}>
          {views.map((view) => (
            <View key={view.id} view={view} />
          ))}
        </ol>
      )}
      <ShowMore list={list} className={styles['on-screen']} wide />
    </Page>
  );
}

function About({ id }: { readonly id: string }) {
  const { clinic } = useMe();
  const day = formatPlainDate(today(useClinicTimeZone()));
  const { data } = useQuery(clientQuery(id));
  if (data === undefined) return null;
  const name = <strong translate="no">{fullName(data.client)}</strong>;
  return (
    <div className={styles['about']}>
      <p>
        <Trans>
          Quem abriu a ficha de {name} em <Verbatim>{clinic.name}</Verbatim>, até {day}.
        </Trans>
      </p>
    </div>
  );
}

function View({ view: { at, action, professional, capacity } }: { readonly view: ClientView }) {
  const timeZone = useClinicTimeZone();
  const { i18n } = useLingui();
  const words = actionWords[action];
  const as = capacity === null ? undefined : capacities[capacity];
  return (
    <li className={styles['view']}>
      <div className={styles['view-who']}>
        <p>
          <strong>
            {professional === null ? (
              <Trans>Sistema</Trans>
            ) : professional.name === null ? (
              <Trans>Suporte da hospedagem</Trans>
            ) : (
              <Verbatim>{professional.name}</Verbatim>
            )}
          </strong>{' '}
          {words === undefined ? action : i18n._(words)}
        </p>
        {as !== undefined && <p className={styles['view-as']}>{i18n._(as)}</p>}
      </div>
      <time className={styles['view-when']} dateTime={at}>
        {formatMoment(at, timeZone)}
      </time>
    </li>
  );
}

function NotYours() {
  const { t } = useLingui();
  return (
    <Page title={t`Quem viu`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconLock />}
        title={t`Só quem atende e quem administra veem esta lista`}
        actions={
          <ButtonLink to="/clientes">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Se um cliente quer saber quem viu a ficha dele, passe o pedido à administração.</Trans>
      </EmptyState>
    </Page>
  );
}
