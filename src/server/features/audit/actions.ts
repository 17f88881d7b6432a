/**
 * The actions of the audit trail, each with its kind of record. Every feature adds its own in its feature.ts; backups belong to
 * no feature.
 */
export interface AuditActions {
  backup_made: 'backup';
  backup_restored: 'backup';
}

export type AuditAction = keyof AuditActions;

/** What happened to which record. Only ids, never personal data. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly recordType?: NonNullable<AuditActions[AuditAction]>;
  readonly recordId?: string;
}
