import parts from './card-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { fullName } from '../../../lib/format.ts';
import { useGoBack } from '../../../lib/go-back.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useWindowTitle } from '../../../ui/page.tsx';
import { Delayed, SkeletonShape } from '../../../ui/skeleton.tsx';
import { ArchivedNotice, CardMenu } from './card-archive.tsx';
import { CardHead } from './card-head.tsx';
import { CardHero } from './card-hero.tsx';
import { type CardTab, CardTabs } from './card-tabs.tsx';
import { OtherPhones } from './other-phones.tsx';
import { clientQuery } from '../../../entities/client/client-queries.ts';
import { findListedClient } from '../client-cache.ts';
import { NoClient } from '../no-client.tsx';
import { LentNotice } from './lent-notice.tsx';

/** One client at its own address: beside the list on a wide screen, over it on a smaller one, a full page on a phone. */
export function ClientCardPage() {
  const { t } = useLingui();
  const { id = '' } = useParams({ strict: false });
  const close = useCloseCard();
  // Kept from client to client, so that whoever goes through them sees the same of each.
  const [tab, setTab] = useState<CardTab>('summary');
  const [firstId] = useState(id);
  const [namedId, setNamedId] = useState<string>();
  const { data, error, isError, refetch } = useQuery(clientQuery(id));
  const known = data?.client ?? findListedClient(id);
  const label = known === undefined ? t`Cadastro` : fullName(known);
  useWindowTitle(label);
  const menu = data && <CardMenu key={id} versioned={data} onArchived={close} />;
  return (
    <Dialog
      kind="panel"
      isBeside
      label={label}
      header={
        data === undefined ? (
          <span />
        ) : (
          <CardHead
            client={data.client}
            menu={menu}
            onEditName={() => {
              setNamedId(id);
            }}
          />
        )
      }
      onClose={close}
      findReturn={() => document.querySelector(`[data-client="${id}"] .client-name`)}
    >
      <div data-client-card="" key={id}>
        {data !== undefined ? (
          <>
            <ArchivedNotice client={data.client} />
            <LentNotice client={data.client} />
            <CardHero
              versioned={data}
              isNaming={namedId === id}
              onNamed={() => {
                setNamedId(undefined);
              }}
            />
            <OtherPhones client={data.client} />
            <CardTabs versioned={data} open={tab} onOpen={setTab} />
          </>
        ) : isError ? (
          <NoClient error={error} known={known} onRetry={() => void refetch()} />
        ) : (
          <CardSkeleton />
        )}
      </div>
      {/* Read aloud when another client takes this one's place. */}
      <p className="visually-hidden" role="status" translate="no">
        {id !== firstId && label}
      </p>
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
        <SkeletonShape width="11rem" height="1.75rem" />
        <SkeletonShape width="16rem" height="2.75rem" />
        <SkeletonShape width="100%" height="12rem" />
      </div>
    </Delayed>
  );
}
