import './card-page.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ApiError } from '../../lib/api.ts';
import { fullName } from '../../lib/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Delayed, SkeletonShape } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { ArchivedNotice, CardMenu } from './card-archive.tsx';
import { CardHero } from './card-hero.tsx';
import { CardTabs } from './card-tabs.tsx';
import { clientQuery, findListedClient } from './client-api.ts';

/** One client at its own address, over the list: a panel on a computer, a full page on a phone. */
export function ClientCardPage() {
  const { t } = useLingui();
  const { id = '' } = useParams({ strict: false });
  const close = useCloseCard();
  const { data, error, isError, refetch } = useQuery(clientQuery(id));
  if (data === undefined) {
    const listed = findListedClient(id);
    const label = listed === undefined ? t`Cadastro` : fullName(listed);
    return (
      <Dialog kind="panel" label={label} header={<span />} onClose={close}>
        {isError ? <NoCard error={error} onRetry={() => void refetch()} /> : <CardSkeleton />}
      </Dialog>
    );
  }
  const { client } = data;
  return (
    <Dialog
      kind="panel"
      label={fullName(client)}
      header={<CardMenu versioned={data} onArchived={close} />}
      onClose={close}
    >
      <ArchivedNotice client={client} />
      <CardHero versioned={data} />
      <CardTabs versioned={data} />
    </Dialog>
  );
}

/** Back to the list as it was; a card opened from a link gives way to the list. */
function useCloseCard(): () => void {
  const navigate = useNavigate();
  const router = useRouter();
  const isOverList = useLocation({ select: ({ state }) => state.isOverList === true });
  return useCallback(() => {
    if (isOverList) router.history.back();
    else void navigate({ to: '/clientes', search: true, replace: true, resetScroll: false });
  }, [isOverList, navigate, router]);
}

function NoCard({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useLingui();
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <EmptyState tone="neutral" title={t`Cadastro não encontrado`}>
        <Trans>Ele pode ser de outro profissional, ou o endereço tem alguma diferença.</Trans>
      </EmptyState>
    );
  return <FailureState error={error} onRetry={onRetry} title={t`Não foi possível abrir o cadastro`} />;
}

function CardSkeleton() {
  return (
    <Delayed>
      <div className="card-skeleton" role="status">
        <span className="visually-hidden">
          <Trans>Carregando…</Trans>
        </span>
        <SkeletonShape width="4rem" height="4rem" round />
        <SkeletonShape width="15rem" height="1.75rem" />
        <SkeletonShape width="11rem" height="1rem" />
        <SkeletonShape width="100%" height="4.5rem" />
        <SkeletonShape width="100%" height="12rem" />
      </div>
    </Delayed>
  );
}
