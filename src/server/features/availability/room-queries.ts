import type { Insertable } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'version', 'name', 'active'] as const;

const select = (clinicId: string) => qb.selectFrom('rooms').select(columns).where('clinic_id', '=', clinicId);

export type RoomRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

export const listRoomRows = (tx: Transaction, clinicId: string): Promise<RoomRow[]> =>
  tx.run(
    select(clinicId)
      .orderBy(sql`name collate "pt-BR-x-icu"`)
      .orderBy('id'),
  );

/** One room, locked until the transaction ends. */
export async function lockRoom(tx: Transaction, clinicId: string, id: string): Promise<RoomRow | undefined> {
  return (await tx.run(select(clinicId).where('id', '=', id).forNoKeyUpdate()))[0];
}

export async function insertRoom(tx: Transaction, row: Insertable<DB['rooms']>): Promise<RoomRow> {
  return onlyRow(await tx.run(qb.insertInto('rooms').values(row).returning(columns)));
}

export async function updateRoom(
  tx: Transaction,
  clinicId: string,
  id: string,
  values: { readonly name: string; readonly active: boolean },
): Promise<RoomRow> {
  const rows = await tx.run(
    qb
      .updateTable('rooms')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .returning(columns),
  );
  return onlyRow(rows);
}
