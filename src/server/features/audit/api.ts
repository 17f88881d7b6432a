// The audit trail, for other features, backups and the command line.

export type { AuditAction } from './actions.ts';
export { type ChainReport, verifyChains } from './chain.ts';
export { recordEvent, recordOperatorEvent, recordOperatorEvents, recordSystemEvent } from './service.ts';
