import type { Transaction } from '../../db/transaction.ts';
import { recordOperatorEvents } from '../audit/api.ts';
import { deletePasskeys, endEverySession } from './after-restore-queries.ts';

/** Nobody stays signed in by an archive. */
export const endRestoredSessions = (tx: Transaction): Promise<unknown> => endEverySession(tx, 'restored');

/** Removes every passkey that an archive brought back: some may have been removed since for a reason. */
export async function removePasskeys(tx: Transaction, command: string): Promise<void> {
  const removed = await deletePasskeys(tx);
  await recordOperatorEvents(
    tx,
    command,
    removed.map(({ clinic_id: clinicId, id }) => ({
      clinicId,
      event: { action: 'passkey_removed', recordType: 'passkey', recordId: id },
    })),
  );
}
