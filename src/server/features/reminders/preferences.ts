import type { ReminderPreference, ReminderState } from '../../../shared/contracts/agenda/reminders.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { explainRefusal, readingScope, writingScope } from '../clients/api.ts';
import { findPreference, lockChooser, type PreferenceRow, writePreference } from './preference-queries.ts';

interface PreferenceAnswer {
  readonly body: ReminderState;
  readonly etag: string;
}

const answer = ({ email, refuses_messages, version }: PreferenceRow): PreferenceAnswer => ({
  body: { email, messagesRefused: refuses_messages },
  etag: etagOf(version),
});

/** Whether a client gets reminders. Throws not_found. */
export async function getPreference(db: Database, actor: Actor, clientId: string): Promise<PreferenceAnswer> {
  const row = await db.read(actor, (tx) => findPreference(tx, clientId, readingScope(actor)));
  if (row === undefined) throw notFound();
  return answer(row);
}

/** Writes a client off reminders, or on again. Throws not_found, forbidden, stale. */
export async function changePreference(
  db: Database,
  actor: Actor,
  clientId: string,
  matches: (version: number) => boolean,
  { email }: ReminderPreference,
): Promise<PreferenceAnswer> {
  const scope = writingScope(actor);
  return db.write(actor, async (tx) => {
    const [, row] = await Promise.all([lockChooser(tx, clientId), findPreference(tx, clientId, scope)]);
    if (row === undefined) throw await explainRefusal(tx, actor, [clientId]);
    if (!matches(row.version)) throw conflict('stale');
    if (row.email === email) return answer(row);
    await Promise.all([
      writePreference(tx, { ...actor, clientId, email }),
      recordEvent(tx, actor, {
        ...{ action: 'reminders_chosen', recordType: 'client', recordId: clientId },
        details: describeChanges({ email: row.email }, { email }),
      }),
    ]);
    return answer({ ...row, email, version: row.version + 1 });
  });
}
