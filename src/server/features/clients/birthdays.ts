import type { BirthdayQuery } from '../../../shared/contracts/clients.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { readBirthdays } from './birthday-queries.ts';
import { readingScope } from './policy.ts';

/** The most birthdays that are listed; the first days come first. */
const mostBirthdays = 200;

/** The clients whom the person may see, by birthday within some days, as JSON. */
export async function listBirthdays(db: Database, actor: Actor, { from, days }: BirthdayQuery): Promise<string> {
  const items = await db.read(actor, (tx) =>
    readBirthdays(tx, { scope: readingScope(actor), from, days, limit: mostBirthdays }),
  );
  return `{"items":[${items ?? ''}]}`;
}
