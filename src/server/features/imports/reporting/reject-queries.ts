import { qb } from '../../../db/query-builder.ts';
import type { Transaction } from '../../../db/transaction.ts';
import type { Reject } from '../matching/decisions.ts';
import { type PackedRejects, unpackRejects } from './packed-rejects.ts';

export const insertRejects = (
  tx: Transaction,
  where: { readonly clinicId: string; readonly importId: string },
  pages: readonly PackedRejects[],
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_rejects')
      .values(
        pages.map(({ line, packed }) => ({
          clinic_id: where.clinicId,
          import_id: where.importId,
          line,
          kind: 'rejected',
          cells: '[]',
          problems: '[]',
          packed,
        })),
      )
      .onConflict((conflict) => conflict.doNothing()),
  );

export const deleteRejects = (tx: Transaction, importId: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('import_rejects').where('import_id', '=', importId));

/** Rejected rows that are stored together, in the order of the file. */
export interface RejectPage {
  /** Pass it to get the next page. */
  readonly page: number;
  readonly rejects: readonly Reject[];
}

/** The next page of rejected rows after `after` (-1 for the first); undefined after the last. */
export async function findRejects(tx: Transaction, importId: string, after: number): Promise<RejectPage | undefined> {
  const [row] = await tx.run(
    qb
      .selectFrom('import_rejects')
      .select(['line', 'kind', 'cells', 'problems', 'client_id', 'packed'])
      .where('import_id', '=', importId)
      .where('line', '>', after)
      .orderBy('line')
      .limit(1),
  );
  if (row === undefined) return undefined;
  const { line, kind, packed } = row;
  const alone = {
    line,
    kind: kind as Reject['kind'],
    cells: row.cells as unknown as Reject['cells'],
    problems: row.problems as unknown as Reject['problems'],
    clientId: row.client_id ?? undefined,
  };
  return { page: line, rejects: packed === null ? [alone] : await unpackRejects(packed) };
}
