// Who was made anonymous, for backups and the command line.

export { formatLedger, Ledger, type LedgerEntry, parseLedger } from './ledger.ts';
export { anonymizeAgain, readAnonymized } from './replay.ts';
