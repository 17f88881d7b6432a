import styles from './lgpd.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconLock, IconPlus, IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { may } from '../../../shared/permissions.ts';
import { clientQuery } from '../../entities/client/client-queries.ts';
import { fullName } from '../../lib/format.ts';
import { useMe } from '../../lib/me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { NewRequestDialog } from './new-request-dialog.tsx';
import { RequestRow } from './request-row.tsx';
import { type RequestStatus, requestsQuery } from './request-queries.ts';
import { ShowMore } from '../../ui/show-more.tsx';

/** What people asked about their data, and what was answered. For administrators. */
export function DeskPage() {
  return may(useMe().role, 'data-requests.manage') ? <Desk /> : <NotYours />;
}

function Desk() {
  const { t } = useLingui();
  const { cliente } = useSearch({ from: '/app/lgpd' });
  const navigate = useNavigate();
  const [status, setStatus] = useState<RequestStatus>('open');
  const [isAdding, setAdding] = useState(false);
  const close = (): void => {
    setAdding(false);
    if (cliente !== undefined) void navigate({ to: '/lgpd', search: {}, replace: true });
  };
  return (
    <Page
      title={t`LGPD`}
      width="text"
      primary={
        <Button
          variant="primary"
          icon={<IconPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setAdding(true);
          }}
        >
          <Trans>Novo pedido</Trans>
        </Button>
      }
    >
      <p className={styles['intro']}>
        <Trans>
          O que as pessoas pedem sobre os próprios dados (LGPD, art. 18), até quando responder e o que foi feito.
        </Trans>
      </p>
      <div className={styles['filter']}>
        <SelectField
          label={t`Mostrar`}
          value={status}
          onChange={(event) => {
            setStatus(event.target.value as RequestStatus);
          }}
        >
          <option value="open">{t`Em aberto`}</option>
          <option value="answered">{t`Respondidos`}</option>
        </SelectField>
      </div>
      <Requests status={status} />
      {cliente !== undefined && <NewForClient id={cliente} onClose={close} />}
      {isAdding && cliente === undefined && <NewRequestDialog onClose={close} />}
    </Page>
  );
}

/** The dialog for a client whose card led here. */
function NewForClient({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data } = useQuery(clientQuery(id));
  if (data === undefined) return null;
  return <NewRequestDialog client={{ id, name: fullName(data.client) }} onClose={onClose} />;
}

function Requests({ status }: { readonly status: RequestStatus }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(requestsQuery(status));
  const requests = list.data?.pages.flatMap(({ items }) => items);
  if (requests === undefined)
    return list.isError ? (
      <FailureState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <SkeletonRows rows={4} />
    );
  if (requests.length === 0)
    return status === 'open' ? (
      <EmptyState icon={<IconShieldLock />} title={t`Nenhum pedido em aberto`}>
        <Trans>
          Quando alguém pedir os próprios dados, uma correção ou a eliminação, registre aqui: o prazo começa.
        </Trans>
      </EmptyState>
    ) : (
      <EmptyState icon={<IconShieldLock />} title={t`Nenhum pedido respondido`}>
        <Trans>Os pedidos respondidos ficam aqui, com a resposta e a prova do que foi feito.</Trans>
      </EmptyState>
    );
  return (
    <>
      <ul className={styles['requests']} role="list" aria-label={t`Pedidos`}>
        {requests.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
      <ShowMore list={list} wide />
    </>
  );
}

function NotYours() {
  const { t } = useLingui();
  return (
    <Page title={t`LGPD`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconLock />}
        title={t`Esta página é de quem administra a clínica`}
        actions={
          <ButtonLink to="/clientes">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Se alguém pedir algo sobre os próprios dados, avise quem administra: há prazo para responder.</Trans>
      </EmptyState>
    </Page>
  );
}
