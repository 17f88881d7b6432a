// Reading and writing very many clients at once, for imports.

export { BulkClients, ChangedMeanwhile } from './bulk/bulk-clients.ts';
export {
  crowd,
  type FieldChange,
  fullNameOf,
  keyKinds,
  type Keys,
  keysOf,
  printOf,
  type KnownClient,
  unchanged,
} from './bulk/known-client.ts';
export type { NamedClient, Sharer } from './bulk/look-up-queries.ts';
export type { Difference } from './bulk/sample-queries.ts';
export {
  archiveAsImported,
  type ChangedClient,
  listChanged,
  listLeft,
  lockAsCreated,
  removeAsCreated,
  type Undone,
} from './bulk/undo-queries.ts';
export { listNames, listOwners } from './bulk/name-queries.ts';
