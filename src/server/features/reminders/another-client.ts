import type { Transaction } from '../../db/transaction.ts';
import { revokeLinksOfAppointments } from './link-queries.ts';
import { forgetReminders } from './reminder-queries.ts';

/**
 * Ends what was sent to the clients whom appointments had before, in the transaction that gives the appointments to others: links
 * open no more, and the next client is reminded anew.
 */
export async function endMessagesOf(
  tx: Transaction,
  clinicId: string,
  appointmentIds: readonly string[],
): Promise<void> {
  if (appointmentIds.length === 0) return;
  await Promise.all([
    revokeLinksOfAppointments(tx, clinicId, appointmentIds),
    forgetReminders(tx, clinicId, appointmentIds),
  ]);
}
