import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { formatDocument } from '../../../../shared/format.ts';

type Searched = Pick<ClientSummary, 'firstName' | 'lastName' | 'socialName' | 'phone' | 'email' | 'document'>;

interface HiddenMatch {
  readonly field: 'email' | 'document';
  /** The value as it is shown. */
  readonly text: string;
}

/** Shorter texts occur everywhere by chance. */
const minMatched = 3;

/** Why a row was found, if what the row shows does not tell: a word of the e-mail, or digits of the CPF or CNPJ. */
export function findHiddenMatch(client: Searched, query: string): HiddenMatch | undefined {
  const { phone, email, document } = client;
  const digits = query.replace(/\D/g, '');
  if (digits.length >= minMatched && !/\p{L}/u.test(query))
    return document?.includes(digits) === true && phone?.includes(digits) !== true
      ? { field: 'document', text: formatDocument(document) }
      : undefined;
  const names = foldText([client.firstName, client.lastName, client.socialName].join(' '));
  const mail = foldText(email ?? '');
  const words = foldText(query).split(/\s+/);
  const isByMail = words.some((word) => word.length >= minMatched && !names.includes(word) && mail.includes(word));
  return email !== null && isByMail ? { field: 'email', text: email } : undefined;
}
