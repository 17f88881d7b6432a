import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface Room {
  /** How many are allowed; undefined: any number. */
  readonly most: number | undefined;
  readonly there: number;
}

/**
 * How many clients, or people, the clinic may have and has. Where there is a limit the clinic is locked until the transaction
 * ends, so that those who add take turns: then the count is what it will be.
 */
async function findRoom(tx: Transaction, clinicId: string, limit: 'max_clients' | 'max_people'): Promise<Room> {
  const there =
    limit === 'max_clients'
      ? sql`app.sum_kept_counts(id, '', false, null)`
      : sql`(select count(*) from professionals p
          where p.clinic_id = clinics.id and p.deactivated_at is null and not p.is_superuser)`;
  const [locked, counted] = await Promise.all([
    tx.run(
      sql<{ most: number }>`select ${sql.ref(limit)} as most from clinics
        where id = ${clinicId} and ${sql.ref(limit)} is not null for no key update`,
    ),
    // Counted for a clinic with a limit only.
    tx.run(
      sql<{ there: number }>`select ${there}::int as there from clinics
        where id = ${clinicId} and ${sql.ref(limit)} is not null`,
    ),
  ]);
  return { most: locked[0]?.most, there: counted[0]?.there ?? 0 };
}

export const findRoomForClients = (tx: Transaction, clinicId: string): Promise<Room> =>
  findRoom(tx, clinicId, 'max_clients');

export const findRoomForPeople = (tx: Transaction, clinicId: string): Promise<Room> =>
  findRoom(tx, clinicId, 'max_people');
