import type { Transaction } from '../../../db/transaction.ts';
import { deleteAsImported, type ImportTakenBack, listStillThere } from './import-queries.ts';

interface TakenBack {
  readonly removed: number;
  /** Those that stay: changed since, known to the client, or of an agenda that is out of reach. */
  readonly kept: readonly { readonly id: string; readonly clientId: string; readonly startAt: Date }[];
}

/** Takes back the appointments of an import that nobody has touched since. */
export async function takeImportedBack(tx: Transaction, taken: ImportTakenBack): Promise<TakenBack> {
  const removed = await deleteAsImported(tx, taken);
  const left = await listStillThere(tx, taken);
  return { removed, kept: left.map((row) => ({ id: row.id, clientId: row.client_id, startAt: row.start_at })) };
}
