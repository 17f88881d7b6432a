import type { Transaction } from '../../db/transaction.ts';
import { recordOperatorEvents } from '../audit/api.ts';
import { deletePasskeys, endEverySession } from './after-restore-queries.ts';

/** Ends all sessions that an archive brought back: nobody should stay signed in because of a restore. */
export const endRestoredSessions = (tx: Transaction): Promise<unknown> => endEverySession(tx, 'restored');

/** Removes all passkeys that an archive brought back, because some may have been revoked since. */
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
