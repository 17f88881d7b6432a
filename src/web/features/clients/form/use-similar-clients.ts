import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { parseDocument } from '../../../../shared/document.ts';
import { parsePhone } from '../../../../shared/phone.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { fullName } from '../../../lib/format.ts';
import { matchingClientsQuery } from '../../../entities/client/client-queries.ts';
import type { FormValues } from './form-fields.ts';

/** The value after it has not changed for a while. */
function useRested(value: string, pause = 350): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value);
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [value, pause]);
  return rested;
}

function useSearch(text: string, isSame: (client: ClientSummary) => boolean): ClientSummary | undefined {
  const rested = useRested(text);
  const { data = [] } = useQuery({ ...matchingClientsQuery(rested, 3), enabled: rested !== '', retry: false });
  return text !== '' && rested === text ? data.find(isSame) : undefined;
}

interface SimilarClients {
  readonly byName: ClientSummary | undefined;
  readonly byPhone: ClientSummary | undefined;
  readonly byDocument: ClientSummary | undefined;
}

/** Clients who already have the name, phone or document being typed. `base` and `ownId` are of the edited client. */
export function useSimilarClients(values: FormValues, base: FormValues, ownId: string | undefined): SimilarClients {
  const name = foldText(`${values.firstName.trim()} ${values.lastName.trim()}`).trim();
  const hasNewName = ownId === undefined && values.firstName.trim() !== '' && values.lastName.trim() !== '';
  const phone = values.phone === base.phone ? undefined : parsePhone(values.phone);
  const read = values.document === base.document ? undefined : parseDocument(values.document);
  const document = read !== undefined && 'value' in read ? read.value : undefined;
  return {
    byName: useSearch(hasNewName ? name : '', (client) => foldText(fullName(client)) === name),
    byPhone: useSearch(phone?.replace(/^\+55/, '') ?? '', (client) => client.phone === phone && client.id !== ownId),
    byDocument: useSearch(document ?? '', (client) => client.document === document && client.id !== ownId),
  };
}
