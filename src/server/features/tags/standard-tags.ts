import type { Transaction } from '../../db/transaction.ts';
import { insertStandardTags, insertUsedTags, listClinicsWithoutTags, type StandardTag } from './queries.ts';

/** What warns in a new clinic. Migration 0025 gave the same to those that there were. */
const standardTags: readonly StandardTag[] = [
  { name: 'diabetes', color: 'rose', icon: 'droplet' },
  { name: 'alergia', color: 'amber', icon: 'alert' },
  { name: 'anticoagulante', color: 'rose', icon: 'pill' },
  { name: 'gestante', color: 'indigo', icon: 'baby' },
];

/** Gives a clinic the tags that every clinic starts with. */
export const addStandardTags = (tx: Transaction, clinicId: string): Promise<unknown> =>
  insertStandardTags(tx, clinicId, standardTags);

/** Adds the tags that clients of the clinic have, in the spelling that most of them have. */
export const addUsedTags = (tx: Transaction, clinicId: string): Promise<unknown> => insertUsedTags(tx, clinicId);

/** Gives clinics from the archive of a release without a list of tags what new ones have, and the tags that are in use. */
export async function completeTags(tx: Transaction): Promise<void> {
  for (const { id } of await listClinicsWithoutTags(tx)) {
    await addUsedTags(tx, id);
    await addStandardTags(tx, id);
  }
}
