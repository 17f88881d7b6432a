import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { formatDocument } from '../../../../shared/format.ts';
import { isBornOn, readBirthQuery } from '../../../entities/client/birth-query.ts';
import { civilName, formatPhone, formatPlainDate, fullName } from '../../../lib/format.ts';
import { isNearWord } from './near-word.ts';

type Searched = Pick<
  ClientSummary,
  | 'firstName'
  | 'lastName'
  | 'socialName'
  | 'phone'
  | 'email'
  | 'document'
  | 'secondaryPhone'
  | 'guardianName'
  | 'guardianPhone'
  | 'dateOfBirth'
  | 'city'
  | 'tags'
>;

interface HiddenMatch {
  readonly field: 'civilName' | 'email' | 'document' | 'guardian' | 'phone' | 'birth' | 'tag' | 'place';
  /** The value as it is shown. */
  readonly text: string;
}

/** Shorter texts occur everywhere by chance. */
const minMatched = 3;

/**
 * Why a row was found, if what the row shows does not tell: the civil name of who has a nome social, the date of birth, a word of the e-mail or of the guardian's name,
 * digits of the CPF or CNPJ, of the second phone or of the guardian's, a tag, the city. `shownTags` are those that the row shows.
 */
export function findHiddenMatch(
  client: Searched,
  query: string,
  shownTags: readonly string[] = [],
): HiddenMatch | undefined {
  const { phone, email, document, dateOfBirth } = client;
  const birth = readBirthQuery(query);
  if (birth !== undefined && dateOfBirth !== null && isBornOn(dateOfBirth, birth))
    return { field: 'birth', text: formatPlainDate(dateOfBirth) };
  const digits = query.replace(/\D/g, '');
  if (digits.length >= minMatched && !/\p{L}/u.test(query)) {
    if (phone?.includes(digits) === true) return undefined;
    if (document?.includes(digits) === true) return { field: 'document', text: formatDocument(document) };
    const other = [client.secondaryPhone, client.guardianPhone].find((each) => each?.includes(digits) === true);
    return other == null ? undefined : { field: 'phone', text: formatPhone(other) };
  }
  const names = foldText([client.firstName, client.lastName, client.socialName].join(' '));
  const mail = foldText(email ?? '');
  const words = foldText(query).split(/\s+/);
  // The civil name is not shown to whoever did not ask for it.
  const goesBy = foldText(fullName(client));
  const isCivil = (word: string): boolean => !goesBy.includes(word) && foldText(client.firstName).includes(word);
  if (words.some((word) => word.length >= minMatched && isCivil(word)))
    return { field: 'civilName', text: civilName(client) };
  const hidden = words.filter((word) => word.length >= minMatched && !names.includes(word));
  if (email !== null && hidden.some((word) => mail.includes(word))) return { field: 'email', text: email };
  const { guardianName } = client;
  const guardian = foldText(guardianName ?? '');
  if (guardianName !== null && hidden.some((word) => guardian.includes(word)))
    return { field: 'guardian', text: guardianName };
  const asked = foldText(query);
  const isAsked = (text: string): boolean => asked.includes(foldText(text));
  const tag = client.tags.find((each) => isAsked(each) && !isWordOf(foldText(each), names));
  if (tag !== undefined && !shownTags.includes(tag)) return { field: 'tag', text: tag };
  const { city } = client;
  if (city !== null && isAsked(city) && !isWordOf(foldText(city), names)) return { field: 'place', text: city };
  if (guardianName === null || tag !== undefined) return undefined;
  const isMeant = (word: string, text: string): boolean => text.split(/\s+/).some((each) => isNearWord(word, each));
  return hidden.some((word) => !isMeant(word, names) && isMeant(word, guardian))
    ? { field: 'guardian', text: guardianName }
    : undefined;
}

/** Whether the name says already what a tag or a city would tell: “Santos”. */
const isWordOf = (text: string, names: string): boolean => names.includes(text);
