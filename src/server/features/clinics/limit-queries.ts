import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

interface Room {
  /** How many are allowed; undefined: any number. */
  readonly most: number | undefined;
  readonly there: number;
}

/**
 * How many clients, or people, the clinic may have and has. Where there is a limit the clinic is locked until the transaction
 * ends, so that those who add take turns: then the count is what it will be.
 */
async function findRoom(tx: Transaction, clinicId: string, limit: 'max_clients' | 'max_people'): Promise<Room> {
  const rows =
    limit === 'max_clients'
      ? sql`select from clients where clinic_id = ${clinicId} and archived_at is null`
      : sql`select from professionals where clinic_id = ${clinicId} and deactivated_at is null and not is_superuser`;
  const [locked, counted] = await Promise.all([
    tx.run(
      sql<{ most: number }>`select ${sql.ref(limit)} as most from clinics
        where id = ${clinicId} and ${sql.ref(limit)} is not null for no key update`.compile(qb),
    ),
    tx.run(
      sql<{ there: number }>`select count(*)::int as there from (${rows}) as x
        where exists (select from clinics where id = ${clinicId} and ${sql.ref(limit)} is not null)`.compile(qb),
    ),
  ]);
  return { most: locked[0]?.most, there: counted[0]?.there ?? 0 };
}

export const findRoomForClients = (tx: Transaction, clinicId: string): Promise<Room> =>
  findRoom(tx, clinicId, 'max_clients');

export const findRoomForPeople = (tx: Transaction, clinicId: string): Promise<Room> =>
  findRoom(tx, clinicId, 'max_people');
