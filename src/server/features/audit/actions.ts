import type { AuditDetails } from '../../../shared/contracts/audit.ts';

/**
 * The actions of the audit trail, each with its kind of record. Every feature adds its own in its feature.ts; backups belong to
 * no feature.
 */
export interface AuditActions {
  backup_made: 'backup';
  backup_restored: 'backup';
}

export type AuditAction = keyof AuditActions;

/** What happened to which record. Only ids, codes and settings, never personal data. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly recordType?: NonNullable<AuditActions[AuditAction]>;
  readonly recordId?: string;
  readonly details?: AuditDetails;
}

type Value = string | number | boolean | null;

/**
 * Old and new values of what differs, for the details of an event. Only for rights and settings whose values are codes, numbers
 * or switches: texts that people write have no place in the trail.
 */
export function describeChanges<Field extends string>(
  before: Readonly<Partial<Record<Field, Value | undefined>>>,
  after: Readonly<Partial<Record<Field, Value | undefined>>>,
): Pick<AuditDetails, 'changes'> {
  const fields = Object.keys(after) as Field[];
  const changes = fields
    .filter((field) => after[field] !== undefined && after[field] !== before[field])
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
  return changes.length === 0 ? {} : { changes };
}
