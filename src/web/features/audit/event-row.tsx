import styles from './trail-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AuditEvent, AuditFilters } from '../../../shared/contracts/audit.ts';
import { may } from '../../../shared/permissions.ts';
import { formatDay, formatTime } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Verbatim } from '../../ui/verbatim.tsx';
import { actionWords, capacities, changedFields, changedValues } from './action-words.ts';
import { useTrailPeople } from './filter-fields.tsx';

interface EventRowProps {
  readonly event: AuditEvent;
  readonly filters: AuditFilters;
  readonly onFilter: (filters: AuditFilters) => void;
}

/** One event in a sentence, with what it changed and from where it came. */
export function EventRow({ event, filters, onFilter }: EventRowProps) {
  const timeZone = useClinicTimeZone();
  const { i18n } = useLingui();
  const { at, action, details, address } = event;
  const words = actionWords[action];
  const capacity = details.as === undefined ? undefined : capacities[details.as];
  const facts = [capacity && i18n._(capacity), address].filter((fact) => typeof fact === 'string');
  return (
    <li className={styles['event']}>
      <time className={styles['event-when']} dateTime={at}>
        <span>{formatDay(at, timeZone)}</span> <span className={styles['event-time']}>{formatTime(at, timeZone)}</span>
      </time>
      <div className={styles['event-words']}>
        <p>
          <strong>
            <Actor id={event.actor} />
          </strong>{' '}
          {words === undefined ? <Verbatim>{action}</Verbatim> : i18n._(words)}
        </p>
        <Refused details={details} />
        <Changes changes={details.changes ?? []} />
        <p className={styles['event-facts']}>{facts.join(' · ')}</p>
      </div>
      <RecordLinks event={event} filters={filters} onFilter={onFilter} />
    </li>
  );
}

function Actor({ id }: { readonly id: string | null }): ReactNode {
  const findPerson = useTrailPeople();
  if (id === null) return <Trans>Sistema</Trans>;
  const person = findPerson(id);
  if (person === undefined) return '…';
  return person.name === null ? <Trans>Suporte da hospedagem</Trans> : <Verbatim>{person.name}</Verbatim>;
}

function Refused({ details: { operation, more } }: { readonly details: AuditEvent['details'] }) {
  if (more === true)
    return (
      <p className={styles['event-facts']}>
        <Trans>Houve mais tentativas nesta hora, que não estão na lista.</Trans>
      </p>
    );
  if (operation === undefined) return null;
  return (
    <p className={styles['event-facts']}>
      <Trans>
        Recusado: <code translate="no">{operation}</code>
      </Trans>
    </p>
  );
}

function Changes({ changes }: { readonly changes: NonNullable<AuditEvent['details']['changes']> }) {
  const { i18n } = useLingui();
  if (changes.length === 0) return null;
  const label = (field: string): string => {
    const known = changedFields[field];
    return known === undefined ? field : i18n._(known);
  };
  const value = (content: string | number | boolean | null): string => {
    const known = changedValues[String(content)];
    return known === undefined ? String(content) : i18n._(known);
  };
  return (
    <ul className={styles['changes']}>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <span>{label(field)}:</span> <del>{value(from)}</del> <IconArrowRight size="0.875rem" aria-hidden="true" />{' '}
          <ins>{value(to)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Links to the record, and to everything that the trail says about it. */
function RecordLinks({ event: { recordType, recordId }, filters, onFilter }: EventRowProps) {
  const { role } = useMe();
  const findPerson = useTrailPeople();
  if (recordId === null) return null;
  const person = recordType === 'professional' ? findPerson(recordId) : undefined;
  return (
    <div className={styles['event-record']}>
      {recordType === 'client' && may(role, 'clients.read.registration') && (
        <Link to="/clientes/$id" params={{ id: recordId }}>
          <Trans>Abrir ficha</Trans>
        </Link>
      )}
      {person !== undefined && <Verbatim>{person.name}</Verbatim>}
      {filters.recordId !== recordId && (
        <button
          type="button"
          className={styles['event-narrow']}
          onClick={() => {
            onFilter({ recordId });
          }}
        >
          <Trans>Só este registro</Trans>
        </button>
      )}
    </div>
  );
}
