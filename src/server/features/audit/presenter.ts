import type { AuditDetails, AuditEvent, AuditPerson, ClientView } from '../../../shared/contracts/audit.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import { formatName } from '../../../shared/person-name.ts';
import type { EventRow, PersonRow, ViewRow } from './trail-queries.ts';

const detailsOf = ({ details }: Pick<EventRow, 'details'>): AuditDetails => (details ?? {}) as AuditDetails;

export const presentEvent = (row: EventRow): AuditEvent => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  actor: row.actor_id,
  session: row.session_id,
  address: row.address,
  recordType: row.record_type,
  recordId: row.record_id,
  details: detailsOf(row),
});

export const presentPerson = (row: PersonRow): AuditPerson => ({
  id: row.id,
  name: row.is_superuser ? null : formatName(row.first_name, row.last_name),
  role: row.is_superuser ? 'host' : (row.role as Role),
  active: row.deactivated_at === null,
});

export const presentView = (row: ViewRow): ClientView => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  professional:
    row.actor_id === null
      ? null
      : { id: row.actor_id, name: row.is_superuser === true ? null : formatName(row.first_name, row.last_name) },
  capacity: row.is_superuser === true ? 'host' : (detailsOf(row).as ?? null),
});
