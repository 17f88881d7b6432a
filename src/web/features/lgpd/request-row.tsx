import styles from './lgpd.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconDotsVertical,
  IconEyeOff,
  IconFileZip,
  IconPencil,
  IconRotate,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { DataRequest } from '../../../shared/contracts/data-requests.ts';
import { AnonymizeDialog } from '../../entities/client-privacy/anonymize-dialog.tsx';
import { CopyDialog } from '../../entities/client-privacy/copy-dialog.tsx';
import { refreshAllClients } from '../../entities/client/client-queries.ts';
import { formatDay, formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { kindNames } from './kind-words.ts';
import { changeRequest, refreshRequests } from './request-queries.ts';

/** A request: who asked for what, until when, how they were identified, and what was done. */
export function RequestRow({ request }: { readonly request: DataRequest }) {
  const { i18n } = useLingui();
  const { clientId, clientName, kind, identifiedBy, createdAt, answer, proof } = request;
  const since = formatDay(createdAt, useClinicTimeZone());
  return (
    <li className={styles['request']} aria-label={clientName}>
      <div className={styles['words']}>
        <Link to="/clientes/$id" params={{ id: clientId }} className={styles['client']} translate="no">
          {clientName}
        </Link>
        <p className={styles['facts']}>
          <strong>{i18n._(kindNames[kind])}</strong>
          <State request={request} />
        </p>
        <p className={styles['note']}>
          {identifiedBy === null ? (
            <Trans>Pedido em {since}</Trans>
          ) : (
            <Trans>
              Pedido em {since} · Identificação: <span translate="no">{identifiedBy}</span>
            </Trans>
          )}
        </p>
        {answer !== null && (
          <p className={styles['answer']} translate="no">
            {answer}
          </p>
        )}
        {proof.length > 0 && (
          <ul role="list" className={styles['note']}>
            {proof.map((each) => (
              <li key={each.id}>
                <Proof proof={each} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <RequestActions request={request} />
    </li>
  );
}

function State({ request: { answeredAt, answeredBy, dueAt, overdue } }: { readonly request: DataRequest }) {
  const day = formatDay(answeredAt ?? dueAt, useClinicTimeZone());
  const who = answeredBy?.name ?? '';
  if (answeredAt !== null)
    return (
      <Badge tone="success" size="small">
        <Trans>
          Respondido em {day} por <span translate="no">{who}</span>
        </Trans>
      </Badge>
    );
  if (overdue)
    return (
      <Badge tone="warning" size="small" icon={<IconAlertTriangle size="1em" aria-hidden="true" />}>
        <Trans>Atrasado: venceu em {day}</Trans>
      </Badge>
    );
  return (
    <Badge size="small">
      <Trans>Responder até {day}</Trans>
    </Badge>
  );
}

function Proof({ proof: { kind, at, by, downloadedAt } }: { readonly proof: DataRequest['proof'][number] }) {
  const timeZone = useClinicTimeZone();
  const when = formatMoment(at, timeZone);
  const who = by?.name ?? '';
  if (kind === 'anonymization')
    return (
      <Trans>
        Tornado anônimo em {when} por <span translate="no">{who}</span>
      </Trans>
    );
  const fetched = downloadedAt === null ? undefined : formatMoment(downloadedAt, timeZone);
  return fetched === undefined ? (
    <Trans>
      Cópia feita em {when} por <span translate="no">{who}</span>, ainda não baixada
    </Trans>
  ) : (
    <Trans>
      Cópia feita em {when} por <span translate="no">{who}</span>, baixada em {fetched}
    </Trans>
  );
}

function RequestActions({ request }: { readonly request: DataRequest }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<'answer' | 'copy' | 'anonymize'>();
  const { id, clientId, clientName, answeredAt, identifiedBy } = request;
  // Once the client is anonymous, nothing says any more how they were identified.
  const isKnown = identifiedBy !== null;
  const close = (): void => {
    setOpen(undefined);
    void refreshRequests();
  };
  const show = (dialog: NonNullable<typeof open>) => () => {
    setOpen(dialog);
  };
  const about = { clientId, name: clientName, dataRequestId: id, onClose: close };
  return (
    <>
      <Menu
        label={t`Ações do pedido`}
        items={[
          answeredAt === null
            ? { label: t`Responder…`, icon: <IconPencil aria-hidden="true" />, onSelect: show('answer') }
            : {
                label: t`Abrir de novo`,
                icon: <IconRotate aria-hidden="true" />,
                onSelect: () => {
                  changeRequest(request, { answeredAt: null }).catch(toastFailure);
                },
              },
          isKnown && {
            label: t`Fazer cópia dos dados…`,
            icon: <IconFileZip aria-hidden="true" />,
            onSelect: show('copy'),
          },
          isKnown && {
            label: t`Tornar anônimo…`,
            icon: <IconEyeOff aria-hidden="true" />,
            danger: true,
            onSelect: show('anonymize'),
          },
        ].filter((item) => item !== false)}
        trigger={(links) => (
          <IconButton label={t`Ações do pedido`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
        )}
      />
      {open === 'answer' && <AnswerDialog request={request} onClose={close} />}
      {open === 'copy' && <CopyDialog {...about} />}
      {open === 'anonymize' && <AnonymizeDialog {...about} onDone={() => void refreshAllClients()} />}
    </>
  );
}
