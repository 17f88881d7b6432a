import type { TextField } from '../../../../shared/client-fields.ts';
import type { RowProblemCode } from '../reading/rows/rows.ts';
import { areSpelledAlike, type NameRelation, type PersonName, relateNames } from './person-names.ts';

export type PersonValues = Readonly<Partial<Record<TextField, string>>>;

/** Why two records may be, or certainly are, different people. */
export interface Doubt {
  readonly code: RowProblemCode;
  /** True when two facts differ, so that it cannot be a typing error and nobody has to be asked. */
  readonly isCertain: boolean;
  /** True when only surnames differ: the same person, if `onConflict` is `update`. */
  readonly isRenaming: boolean;
}

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** One object per record's guardian, so that every name is split once. */
const guardians = new WeakMap<PersonValues, PersonName>();

function guardianOf(child: PersonValues): PersonName | undefined {
  const name = child['guardian.name'];
  if (name === undefined) return undefined;
  const guardian = guardians.get(child) ?? { firstName: name };
  guardians.set(child, guardian);
  return guardian;
}

/** Whether the child's guardian has the adult's name. */
const isGuardian = (child: PersonValues, adult: PersonValues): boolean => {
  const guardian = guardianOf(child);
  return guardian !== undefined && relateNames(guardian, adult) === 'same';
};

const doubt = (code: RowProblemCode, isCertain = false): Doubt => ({ code, isCertain, isRenaming: false });

/**
 * Why a row and a client that share a phone or e-mail, as families do, are not treated as one person: another date of birth,
 * document or given name. Missing values contradict nothing. @returns undefined for the same person
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

/** A row without a name may be anybody with that phone: it must not add a document or date of birth to a client. */
function doubtOfNameless(row: PersonValues, client: PersonValues): Doubt | undefined {
  if (differ(row.document, client.document)) return doubt('conflicting_document');
  if (differ(row.dateOfBirth, client.dateOfBirth)) return doubt('conflicting_birth_date');
  const brings = (field: TextField): boolean => row[field] !== undefined && client[field] === undefined;
  return brings('document') || brings('dateOfBirth') ? doubt('missing_name') : undefined;
}

const namesOfOne: ReadonlySet<NameRelation | undefined> = new Set([undefined, 'same', 'shorter', 'surname']);

/**
 * Why a row and the client with the same document are not treated as one person: lists often have the mother's CPF for
 * children, and a digit may be mistyped. @returns undefined for the same person
 */
export function doubtOfNamesakes(row: PersonValues, client: PersonValues): Doubt | undefined {
  if (differ(row.dateOfBirth, client.dateOfBirth)) return doubt('document_of_another');
  return namesOfOne.has(relateNames(row, client)) ? undefined : doubt('document_of_another');
}

/** How similar a client is to a row, 0 to 3. */
export const likenessOf = (row: PersonValues, client: PersonValues): number =>
  (areSpelledAlike(row, client) ? 2 : 0) +
  (row.dateOfBirth !== undefined && row.dateOfBirth === client.dateOfBirth ? 1 : 0);
