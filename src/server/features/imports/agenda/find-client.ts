import { type KnownClient, keysOf } from '../../clients/bulk-api.ts';
import { doubtOfNamesakes, doubtOfSharers, likenessOf } from '../matching/same-person.ts';
import type { WorkingSet } from '../matching/working-set.ts';
import type { ImportRow, RowProblemCode } from '../reading/rows/rows.ts';
import type { ClientsByName } from './clients-by-name.ts';

/** Whose appointment a row is, or why that is open. */
type FoundClient =
  | { readonly clientId: string }
  | { readonly code: RowProblemCode; readonly field: 'document' | 'phone' | 'name'; readonly mayBe?: string };

export interface KnownClients {
  /** Clients with one of the row's keys. */
  readonly byKeys: WorkingSet;
  /** Loads all names, which is needed only for rows that nothing else tells. */
  readonly byName: () => Promise<ClientsByName>;
  /** Whether whoever imports may see a client. */
  readonly mayUse: (client: KnownClient) => boolean;
}

/**
 * The client of an appointment, by document, phone, e-mail, or the full name if only one has it. An appointment is never given
 * to somebody who may be another person.
 */
export async function findClient(
  { values }: ImportRow,
  { byKeys, byName, mayUse }: KnownClients,
): Promise<FoundClient> {
  const byDocument = byKeys.findByDocument(keysOf(values).document);
  if (byDocument !== undefined && mayUse(byDocument))
    return doubtOfNamesakes(values, byDocument.values) === undefined
      ? { clientId: byDocument.id }
      : { code: 'document_of_another', field: 'document', mayBe: byDocument.id };
  const sharers = [...byKeys.list('phone', values).clients, ...byKeys.list('email', values).clients].filter(mayUse);
  const same = [...new Set(sharers)].filter((client) => isSame(values, client.values));
  const likeness = same.map((client) => likenessOf(values, client.values));
  const [best, ...others] = same.filter((_, index) => likeness[index] === Math.max(...likeness));
  if (best !== undefined)
    return others.length === 0 ? { clientId: best.id } : { code: 'several_clients', field: 'name', mayBe: best.id };
  const [named, ...namesakes] = (await byName()).find(values, values.dateOfBirth);
  if (named !== undefined)
    return namesakes.length === 0 ? { clientId: named } : { code: 'several_clients', field: 'name', mayBe: named };
  const [sharer] = sharers;
  return sharer === undefined
    ? { code: 'client_unknown', field: 'name' }
    : { code: 'conflicting_name', field: 'phone', mayBe: sharer.id };
}

/** Nobody's record is changed, so a document that the client lacks is no reason to doubt. */
const isSame = (row: ImportRow['values'], client: KnownClient['values']): boolean => {
  const doubt = doubtOfSharers(row, client);
  return doubt === undefined || doubt.code === 'missing_name';
};
