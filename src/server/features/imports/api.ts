// Imports, for the server and the command line.

export { describeOutcome, type ImportOutcome } from './reporting/outcome.ts';
export { openFile } from './reading-process/file-rows.ts';
export { readRemoteAddress } from './remote/remote-address.ts';
export { fetchRemoteClients } from './remote/remote-clients.ts';
export type { ImportOptions, RowSource } from './sources/row-source.ts';
export { endAbandonedImports, runImport } from './running/run-import.ts';
export { startImport } from './start-import.ts';
