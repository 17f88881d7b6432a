import type { Transaction } from '../../db/transaction.ts';
import { type AuditAction, recordEvent, recordSystemEvent } from '../audit/api.ts';
import type { Author } from './author.ts';

/** Records what happened to each of the appointments, in the same transaction. */
export const noteEvents = (
  tx: Transaction,
  author: Author,
  action: AuditAction,
  ids: readonly string[],
): Promise<unknown> =>
  Promise.all(
    ids.map((recordId) => {
      const event = { action, recordType: 'appointment', recordId } as const;
      return author.professionalId === null
        ? recordSystemEvent(tx, { clinicId: author.clinicId, actorId: null, sessionId: null, caller: author }, event)
        : recordEvent(tx, author, event);
    }),
  );
