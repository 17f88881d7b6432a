import type { InfiniteData, Query } from '@tanstack/react-query';
import type { RequestOf, ResponseOf } from '../../../shared/api-client.ts';
import type { Client, ClientSummary } from '../../../shared/contracts/clients.ts';
import {
  clientHistoryQuery,
  clientKeys,
  clientQuery,
  type VersionedClient,
} from '../../entities/client/client-queries.ts';
import { api } from '../../lib/api.ts';
import { refreshTags } from '../../entities/tag/tag-queries.ts';
import { queryClient } from '../../lib/query.ts';

export type ClientPage = ResponseOf<'GET /clients'>;
type ClientList = InfiniteData<ClientPage>;

/** Lists of more pages are not read again in the background: each page would be one request. */
export const maxRefreshedPages = 4;

const countPages = (query: Query): number => (query.state.data as ClientList | undefined)?.pages.length ?? 0;

const changeLists = (change: (list: ClientList) => ClientList): void => {
  queryClient.setQueriesData<ClientList>({ queryKey: clientKeys.lists }, (list) => list && change(list));
};

/** A client as a loaded list has them, for use while the card is loading. */
export function findListedClient(id: string): ClientSummary | undefined {
  const seen = queryClient.getQueriesData<ClientList>({ queryKey: clientKeys.lists });
  for (const [, list] of seen)
    for (const page of list?.pages ?? []) {
      const client = page.items.find((item) => item.id === id);
      if (client !== undefined) return client;
    }
  return undefined;
}

/** Shows a changed client at once in card and lists, then reads the lists again. */
export async function rememberClient(versioned: VersionedClient): Promise<void> {
  const { client } = versioned;
  queryClient.setQueryData(clientQuery(client.id).queryKey, versioned);
  changeLists((list) => withClient(list, client));
  await refreshLists(client.id);
}

/** The parts of groups that lists show. */
const flatten = ({ address, guardian }: Client) => ({
  city: address.city,
  state: address.state,
  guardianName: guardian.name,
  guardianPhone: guardian.phone,
});

const withClient = (list: ClientList, client: Client): ClientList => ({
  ...list,
  pages: list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === client.id ? { ...client, ...flatten(client) } : item)),
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
    // A lower bound stays one.
    const value = page.total.relation === 'eq' ? page.total.value - gone : page.total.value;
    return { ...page, items, total: { ...page.total, value } };
  }),
});

/** After one's own change of a client: reads the client's history and everything that lists or counts clients again. */
export async function refreshLists(id: string): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: clientHistoryQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: clientKeys.matching });
  void queryClient.invalidateQueries({ queryKey: clientKeys.filterValues });
  void refreshTags();
  await queryClient.invalidateQueries({ queryKey: clientKeys.lists });
}

const refreshShortLists = (): void => {
  void queryClient.invalidateQueries({
    queryKey: clientKeys.lists,
    predicate: (query) => countPages(query) <= maxRefreshedPages,
  });
  const long = queryClient.getQueryCache().findAll({
    queryKey: clientKeys.lists,
    type: 'active',
    predicate: (query) => countPages(query) > maxRefreshedPages,
  });
  for (const { queryKey } of long) recount(queryKey).catch(() => undefined);
};

/** Reads only the number of clients of a long list again, so that it is true although the rows are not read. */
async function recount(queryKey: readonly unknown[]): Promise<void> {
  const filters = queryKey.at(-1) as RequestOf<'GET /clients'>['query'];
  const { total } = (await api('GET /clients', { query: { ...filters, limit: 1 } })).body;
  queryClient.setQueryData<ClientList>(
    queryKey,
    (list) => list && { ...list, pages: list.pages.map((page, index) => (index === 0 ? { ...page, total } : page)) },
  );
}

/** After a colleague's change of a client: reads again what the page shows; the rest is read when it is shown. */
export function refreshClient(id: string): void {
  void queryClient.invalidateQueries({ queryKey: clientQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: clientHistoryQuery(id).queryKey });
  refreshShortLists();
}

/** After changes may have been missed: reads cards and histories again, and lists that are not too long. */
export function refreshOpenClients(): void {
  void queryClient.invalidateQueries({ queryKey: clientKeys.cards });
  void queryClient.invalidateQueries({ queryKey: clientKeys.histories });
  refreshShortLists();
}
