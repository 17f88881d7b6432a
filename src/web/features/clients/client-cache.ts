import type { InfiniteData, Query } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Client, ClientSummary } from '../../../shared/contracts/clients.ts';
import {
  clientHistoryQuery,
  clientKeys,
  clientQuery,
  type VersionedClient,
} from '../../entities/client/client-queries.ts';
import { queryClient } from '../../lib/query.ts';

export type ClientPage = ResponseOf<'GET /clients'>;
type ClientList = InfiniteData<ClientPage>;

/** Long lists are not read again page by page behind the person's back. */
export const refreshedPages = 4;

const pageCount = (query: Query): number => (query.state.data as ClientList | undefined)?.pages.length ?? 0;

const changeLists = (change: (list: ClientList) => ClientList): void => {
  queryClient.setQueriesData<ClientList>({ queryKey: clientKeys.lists }, (list) => list && change(list));
};

/** What a list already told of a client, while the card is on its way. */
export function findListedClient(id: string): ClientSummary | undefined {
  const seen = queryClient.getQueriesData<ClientList>({ queryKey: clientKeys.lists });
  for (const [, list] of seen)
    for (const page of list?.pages ?? []) {
      const client = page.items.find((item) => item.id === id);
      if (client !== undefined) return client;
    }
  return undefined;
}

/** What changed is shown at once where the client is already in sight; lists are then read again. */
export async function rememberClient(versioned: VersionedClient): Promise<void> {
  const { client } = versioned;
  queryClient.setQueryData(clientQuery(client.id).queryKey, versioned);
  changeLists((list) => withClient(list, client));
  await refreshLists(client.id);
}

const withClient = (list: ClientList, client: Client): ClientList => ({
  ...list,
  pages: list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) =>
      item.id === client.id ? { ...client, city: client.address.city, state: client.address.state } : item,
    ),
  })),
});

/** Takes a client out of the lists until they are read again. */
export function hideListedClient(id: string): void {
  changeLists((list) => withoutClient(list, id));
}

const withoutClient = (list: ClientList, id: string): ClientList => ({
  ...list,
  pages: list.pages.map((page) => {
    const items = page.items.filter((item) => item.id !== id);
    const gone = page.items.length - items.length;
    return { ...page, items, total: { ...page.total, value: page.total.value - gone } };
  }),
});

/** One's own change: whatever lists or counts clients is read again. */
export async function refreshLists(id: string): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: clientHistoryQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: clientKeys.matching });
  void queryClient.invalidateQueries({ queryKey: clientKeys.filterValues });
  await queryClient.invalidateQueries({ queryKey: clientKeys.lists });
}

const refreshShortLists = (): void =>
  void queryClient.invalidateQueries({
    queryKey: clientKeys.lists,
    predicate: (query) => pageCount(query) <= refreshedPages,
  });

/** A colleague changed a client: what is in sight is read again, the rest when it comes into sight. */
export function refreshClient(id: string): void {
  void queryClient.invalidateQueries({ queryKey: clientQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: clientHistoryQuery(id).queryKey });
  refreshShortLists();
}

/** Something may have changed unseen: cards are read again, and lists that are not too long. */
export function refreshOpenClients(): void {
  void queryClient.invalidateQueries({ queryKey: clientKeys.cards });
  void queryClient.invalidateQueries({ queryKey: clientKeys.histories });
  refreshShortLists();
}
