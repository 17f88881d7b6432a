import parts from './card-parts.module.css';
import styles from './relatives.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowBackUp, IconDotsVertical, IconPrinter, IconSignature } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import type { Consent, ConsentStanding } from '../../../../shared/contracts/consents.ts';
import { consentsQuery, refreshConsents } from '../../../entities/consent/consent-queries.ts';
import { useClientChanges } from '../../../entities/client/use-client-changes.ts';
import { formatPlainDate } from '../../../lib/format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';

const loadDialogs = () => import('./consent-dialogs.tsx');
const RecordDialog = lazy(async () => ({ default: (await loadDialogs()).RecordDialog }));
const WithdrawDialog = lazy(async () => ({ default: (await loadDialogs()).WithdrawDialog }));

interface Open {
  readonly act: 'record' | 'withdraw';
  readonly standing: ConsentStanding;
}

/** What the client agrees to, and what nobody has asked yet. Nothing where the clinic has no texts. */
export function Consents({ client }: { readonly client: Client }) {
  const { t } = useLingui();
  const { data } = useQuery(consentsQuery(client.id));
  const [open, setOpen] = useState<Open>();
  useClientChanges(() => void refreshConsents());
  const isArchived = client.archivedAt !== null;
  // Nobody asks archived clients for what is missing.
  const standings = (data?.standing ?? []).filter(({ state }) => !isArchived || state !== 'missing');
  if (data === undefined || standings.length === 0) return null;
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <section className={parts['card-section']} aria-label={t`Consentimentos`}>
      <h3 className={parts['card-section-title']}>
        <Trans>Consentimentos</Trans>
      </h3>
      <ul>
        {standings.map((standing) => (
          <StandingRow
            key={standing.textId}
            standing={standing}
            answer={data.items.find(({ id }) => id === standing.consentId)}
            client={client}
            onAct={(act) => {
              setOpen({ act, standing });
            }}
          />
        ))}
      </ul>
      {open !== undefined && (
        <Suspense>
          {open.act === 'record' ? (
            <RecordDialog client={client} standing={open.standing} onClose={close} />
          ) : (
            <WithdrawDialog client={client} standing={open.standing} onClose={close} />
          )}
        </Suspense>
      )}
    </section>
  );
}

interface StandingRowProps {
  readonly standing: ConsentStanding;
  readonly answer: Consent | undefined;
  readonly client: Client;
  readonly onAct: (act: Open['act']) => void;
}

function StandingRow({ standing, answer, client, onAct }: StandingRowProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { title, state, textId } = standing;
  const act = (what: Open['act']) => (): void => {
    onAct(what);
  };
  const isArchived = client.archivedAt !== null;
  const items = [
    ...(isArchived
      ? []
      : [
          { label: t`Registrar resposta`, icon: <IconSignature aria-hidden="true" />, onSelect: act('record') },
          {
            label: t`Imprimir para assinar`,
            icon: <IconPrinter aria-hidden="true" />,
            onSelect: () => void navigate({ to: '/clientes/$id/termo/$textId', params: { id: client.id, textId } }),
          },
        ]),
    ...(state === 'given' && !client.anonymous
      ? [
          {
            label: t`Registrar retirada`,
            icon: <IconArrowBackUp aria-hidden="true" />,
            onSelect: act('withdraw'),
          },
        ]
      : []),
  ];
  return (
    <li className={styles['relative']}>
      <span className={styles['words']}>
        {state === 'missing' ? (
          <span>
            <Badge tone="warning">
              <Trans>
                Falta: <span translate="no">{title}</span>
              </Trans>
            </Badge>
          </span>
        ) : (
          <>
            <span translate="no">{title}</span>
            <span className={styles['kind']}>
              <StateBadge state={state} /> {answer !== undefined && <When answer={answer} />}
            </span>
          </>
        )}
      </span>
      {items.length > 0 && (
        <Menu
          label={t`Ações de ${title}`}
          items={items}
          trigger={(links) => (
            <IconButton label={t`Ações de ${title}`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
          )}
        />
      )}
    </li>
  );
}

function StateBadge({ state }: { readonly state: Exclude<ConsentStanding['state'], 'missing'> }) {
  if (state === 'given')
    return (
      <Badge tone="success" size="small">
        <Trans>Autoriza</Trans>
      </Badge>
    );
  return (
    <Badge tone="warning" size="small">
      {state === 'refused' ? <Trans>Não autoriza</Trans> : <Trans>Retirado</Trans>}
    </Badge>
  );
}

function When({ answer: { givenOn, guardian, by, withdrawal } }: { readonly answer: Consent }) {
  const day = formatPlainDate(withdrawal?.withdrawnOn ?? givenOn);
  if (withdrawal === null && by === 'guardian')
    return guardian?.name == null ? (
      <Trans>{day}, por responsável</Trans>
    ) : (
      <Trans>
        {day}, por <span translate="no">{guardian.name}</span>
      </Trans>
    );
  return <>{day}</>;
}
