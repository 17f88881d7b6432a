import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Json } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

/** The versions of an appointment, newest first, each with its author; `before` the given one. */
export const listVersions = (
  tx: Transaction,
  clinicId: string,
  id: string,
  { before, limit }: { readonly before?: number; readonly limit: number },
) =>
  tx.run(
    qb
      .selectFrom('appointment_versions as v')
      .leftJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'v.clinic_id').onRef('p.id', '=', 'v.professional_id'),
      )
      .select(['v.version', 'v.at', 'v.action', 'v.changes', 'v.professional_id', 'p.first_name', 'p.last_name'])
      .where('v.clinic_id', '=', clinicId)
      .where('v.appointment_id', '=', id)
      .$if(before !== undefined, (query) => query.where('v.version', '<', before ?? 0))
      .orderBy('v.version', 'desc')
      .limit(limit),
  );

/** All versions of some appointments, oldest first. */
export const listVersionsOf = (tx: Transaction, clinicId: string, ids: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('appointment_versions as v')
      .leftJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'v.clinic_id').onRef('p.id', '=', 'v.professional_id'),
      )
      .select(['v.appointment_id', 'v.version', 'v.at', 'v.action', 'v.changes', 'v.professional_id'])
      .select(['p.first_name', 'p.last_name'])
      .where('v.clinic_id', '=', clinicId)
      .where('v.appointment_id', '=', sql<string>`any (${ids}::uuid[])`)
      .orderBy('v.appointment_id')
      .orderBy('v.version'),
  );

export interface VersionRow {
  readonly version: number;
  readonly at: Date;
  readonly action: string;
  readonly changes: Json;
  readonly professional_id: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}
