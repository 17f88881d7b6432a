// The audit trail, for other features, backups and the command line.

export { type AuditAction, type AuditActions, type AuditEvent, describeChanges } from './actions.ts';
export { type ChainReport, verifyChains } from './chain.ts';
export type { ChainFault } from './chain-faults.ts';
export { type ChainHead, readHeads, takeHeads, writeHeads } from './chain-head.ts';
export { noteRefusal } from './reads.ts';
export { recordEvent, recordEvents, recordOperatorEvent, recordOperatorEvents, recordSystemEvent } from './service.ts';
