/**
 * What the trail tells, each with the kind of record it is about. Every feature adds its own in its feature.ts; a backup
 * belongs to none.
 */
export interface AuditActions {
  backup_made: 'backup';
  backup_restored: 'backup';
}

export type AuditAction = keyof AuditActions;

/** What happened to which record. Never personal data: ids alone. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly recordType?: NonNullable<AuditActions[AuditAction]>;
  readonly recordId?: string;
}
