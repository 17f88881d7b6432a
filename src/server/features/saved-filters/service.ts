import type { SavedFilter, SavedFilterInput } from '../../../shared/contracts/saved-filters.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { deleteFilter, type FilterRow, listFilters, upsertFilter } from './queries.ts';

/** The most filters of one person: more do not help to find one. */
const mostFilters = 50;

const presentFilter = ({ id, name, filters, created_at }: FilterRow): SavedFilter => ({
  id,
  name,
  filters: filters as SavedFilter['filters'],
  createdAt: created_at.toISOString(),
});

/** The filters that this person has kept, by name. */
export async function listOwnFilters(db: Database, actor: Actor): Promise<SavedFilter[]> {
  return (await db.read(actor, (tx) => listFilters(tx, actor.professionalId))).map(presentFilter);
}

/** Keeps filters under a name, in place of those that had it. Throws list_full. */
export async function saveFilter(
  db: Database,
  actor: Actor,
  { name: written, filters }: SavedFilterInput,
): Promise<SavedFilter> {
  const name = written.trim();
  return db.write(actor, async (tx) => {
    // Filters saved at the same time are counted one after the other.
    const [, known] = await Promise.all([lockPerson(tx, actor.professionalId), listFilters(tx, actor.professionalId)]);
    if (known.length >= mostFilters && !known.some((filter) => filter.name === name)) throw conflict('list_full');
    return presentFilter(await upsertFilter(tx, { ...actor, name, filters }));
  });
}

/** Throws not_found, for a colleague's filter as well. */
export async function forgetFilter(db: Database, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    if (!(await deleteFilter(tx, actor.professionalId, id))) throw notFound();
  });
}
