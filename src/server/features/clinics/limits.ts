import type { Transaction } from '../../db/transaction.ts';
import { conflict } from '../../domain-error.ts';
import { findRoomForClients, findRoomForPeople, type Room } from './limit-queries.ts';

export { findRoomForClients };

/** Throws client_limit_reached when the clinic would have more active clients than the host allows, with so many more. */
export function refuseFull({ most, there }: Room, more = 1): void {
  if (most !== undefined && there + more > most) throw conflict('client_limit_reached', { limit: most });
}

/** Whether the clinic has more active clients than the host allows, after some were added in this transaction. */
export async function isOverClientLimit(tx: Transaction, clinicId: string): Promise<boolean> {
  const { most, there } = await findRoomForClients(tx, clinicId);
  return most !== undefined && there > most;
}

/** Throws people_limit_reached when the clinic has as many people with access as the host allows. */
export async function requireRoomForPerson(tx: Transaction, clinicId: string): Promise<void> {
  const { most, there } = await findRoomForPeople(tx, clinicId);
  if (most !== undefined && there >= most) throw conflict('people_limit_reached', { limit: most });
}
