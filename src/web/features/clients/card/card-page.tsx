import parts from './card-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { fullName } from '../../../lib/format.ts';
import { useGoBack } from '../../../lib/go-back.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useWindowTitle } from '../../../ui/page.tsx';
import { Delayed, SkeletonShape } from '../../../ui/skeleton.tsx';
import { ArchivedNotice, CardMenu } from './card-archive.tsx';
import { CardHero } from './card-hero.tsx';
import { CardTabs } from './card-tabs.tsx';
import { OtherPhones } from './other-phones.tsx';
import { clientQuery } from '../../../entities/client/client-queries.ts';
import { findListedClient } from '../client-cache.ts';
import { NoClient } from '../no-client.tsx';

/** One client at its own address, over the list: a panel on a computer, a full page on a phone. */
export function ClientCardPage() {
  const { t } = useLingui();
  const { id = '' } = useParams({ strict: false });
  const close = useCloseCard();
  const { data, error, isError, refetch } = useQuery(clientQuery(id));
  const known = data?.client ?? findListedClient(id);
  const label = known === undefined ? t`Cadastro` : fullName(known);
  useWindowTitle(label);
  if (data === undefined)
    return (
      <Dialog kind="panel" label={label} header={<span />} onClose={close}>
        {isError ? <NoClient error={error} known={known} onRetry={() => void refetch()} /> : <CardSkeleton />}
      </Dialog>
    );
  return (
    <Dialog kind="panel" label={label} header={<CardMenu versioned={data} onArchived={close} />} onClose={close}>
      <ArchivedNotice client={data.client} />
      <CardHero versioned={data} />
      <OtherPhones client={data.client} />
      <CardTabs versioned={data} />
    </Dialog>
  );
}

/** Goes back to the list as it was, or opens the list if the card was opened from a link. */
function useCloseCard(): () => void {
  const navigate = useNavigate();
  const goBack = useGoBack();
  const isOverList = useLocation({ select: ({ state }) => state.isOverList === true });
  return () => {
    if (isOverList) goBack();
    else void navigate({ to: '/clientes', search: true, replace: true, resetScroll: false });
  };
}

function CardSkeleton() {
  return (
    <Delayed>
      <div className={parts['card-skeleton']} role="status">
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
