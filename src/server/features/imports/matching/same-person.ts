import type { TextField } from '../../../../shared/client-fields.ts';
import type { RowProblemCode } from '../reading/rows/rows.ts';
import { areSpelledAlike, type NameRelation, type PersonName, relateNames } from './person-names.ts';

export type PersonValues = Readonly<Partial<Record<TextField, string>>>;

/** Why two records may be, or are, two people. */
export interface Doubt {
  readonly code: RowProblemCode;
  /** Two things contradict each other, not one that may be a slip: nobody has to be asked. */
  readonly isCertain: boolean;
  /** Only surnames differ: one person if whoever imports says so. */
  readonly isRenaming: boolean;
}

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** The guardians of records, one object for each, so that every name is taken apart once. */
const guardians = new WeakMap<PersonValues, PersonName>();

function guardianOf(child: PersonValues): PersonName | undefined {
  const name = child['guardian.name'];
  if (name === undefined) return undefined;
  const guardian = guardians.get(child) ?? { firstName: name };
  guardians.set(child, guardian);
  return guardian;
}

/** Whether the guardian of one is named like the other. */
const isGuardian = (child: PersonValues, adult: PersonValues): boolean => {
  const guardian = guardianOf(child);
  return guardian !== undefined && relateNames(guardian, adult) === 'same';
};

const doubt = (code: RowProblemCode, isCertain = false): Doubt => ({ code, isCertain, isRenaming: false });

/**
 * Why a row and a client that share a phone or an e-mail, as families do, are not taken for one person. Another date of
 * birth, another document or another given name is another person; what is missing contradicts nothing.
 */
export function doubtOfSharers(row: PersonValues, client: PersonValues): Doubt | undefined {
  const names = relateNames(row, client);
  if (names === undefined) return doubtOfNameless(row, client);
  const otherBirth = differ(row.dateOfBirth, client.dateOfBirth);
  const otherDocument = differ(row.document, client.document);
  if (names === 'same') {
    if (otherDocument) return doubt('conflicting_document');
    return otherBirth ? doubt('conflicting_birth_date') : undefined;
  }
  const isCertain = otherBirth || otherDocument || isGuardian(row, client) || isGuardian(client, row);
  return { code: 'conflicting_name', isCertain, isRenaming: !isCertain && names === 'surname' };
}

/** A row without a name may be of anybody with that phone: it gives nobody a document or a date of birth. */
function doubtOfNameless(row: PersonValues, client: PersonValues): Doubt | undefined {
  if (differ(row.document, client.document)) return doubt('conflicting_document');
  if (differ(row.dateOfBirth, client.dateOfBirth)) return doubt('conflicting_birth_date');
  const brings = (field: TextField): boolean => row[field] !== undefined && client[field] === undefined;
  return brings('document') || brings('dateOfBirth') ? doubt('missing_name') : undefined;
}

const namesOfOne: ReadonlySet<NameRelation | undefined> = new Set([undefined, 'same', 'shorter', 'surname']);

/**
 * Why a row and the client with its document are not taken for one person: children often have their mother's CPF in a
 * list, and a digit may be mistyped.
 */
export function doubtOfNamesakes(row: PersonValues, client: PersonValues): Doubt | undefined {
  if (differ(row.dateOfBirth, client.dateOfBirth)) return doubt('document_of_another');
  return namesOfOne.has(relateNames(row, client)) ? undefined : doubt('document_of_another');
}

/** How much a client that can be the row's person is like it. */
export const likenessOf = (row: PersonValues, client: PersonValues): number =>
  (areSpelledAlike(row, client) ? 2 : 0) +
  (row.dateOfBirth !== undefined && row.dateOfBirth === client.dateOfBirth ? 1 : 0);
