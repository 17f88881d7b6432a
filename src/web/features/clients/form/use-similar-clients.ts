import { useQuery } from '@tanstack/react-query';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { parseDocument } from '../../../../shared/document.ts';
import { parsePhone } from '../../../../shared/phone.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { useDebounced } from '../../../lib/debounced.ts';
import { civilName, fullName } from '../../../lib/format.ts';
import { matchingClientsQuery } from '../../../entities/client/client-queries.ts';
import type { FormValues } from './form-fields.ts';

/** Milliseconds without typing after which the search starts. */
const pause = 350;

function useSearch(text: string, isSame: (client: ClientSummary) => boolean): ClientSummary | undefined {
  const asked = useDebounced(text, pause);
  const { data = [] } = useQuery({ ...matchingClientsQuery(asked, 3), enabled: asked !== '', retry: false });
  return text !== '' && asked === text ? data.find(isSame) : undefined;
}

interface SimilarClients {
  readonly byName: ClientSummary | undefined;
  readonly byPhone: ClientSummary | undefined;
  readonly byDocument: ClientSummary | undefined;
}

/** Clients who already have the typed name, phone or document. `base` and `ownId` belong to the edited client. */
export function useSimilarClients(values: FormValues, base: FormValues, ownId: string | undefined): SimilarClients {
  const name = foldText(`${values.firstName.trim()} ${values.lastName.trim()}`).trim();
  const hasNewName = ownId === undefined && values.firstName.trim() !== '' && values.lastName.trim() !== '';
  const phone = values.phone === base.phone ? undefined : parsePhone(values.phone);
  const read = values.document === base.document ? undefined : parseDocument(values.document);
  const document = read !== undefined && 'value' in read ? read.value : undefined;
  return {
    byName: useSearch(hasNewName ? name : '', (client) =>
      [fullName(client), civilName(client)].some((each) => foldText(each) === name),
    ),
    byPhone: useSearch(phone?.replace(/^\+55/, '') ?? '', (client) => client.phone === phone && client.id !== ownId),
    byDocument: useSearch(document ?? '', (client) => client.document === document && client.id !== ownId),
  };
}
