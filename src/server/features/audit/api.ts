// What other features, backups and the command line do with the audit trail.

export type { AuditAction } from './actions.ts';
export { type ChainReport, verifyChains } from './chain.ts';
export { recordEvent, recordOperatorEvent, recordOperatorEvents, recordSystemEvent } from './service.ts';
