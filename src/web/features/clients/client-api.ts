import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type Query,
  queryOptions,
} from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Client, ClientInput, ClientPatch, ClientSummary } from '../../../shared/contracts/clients.ts';
import { api, quietApi } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { type ListFilters, readListFilters } from './list/list-filters.ts';

/** A client and the version it was read at. */
export interface VersionedClient {
  readonly client: Client;
  readonly etag: string;
}

type ClientPage = ResponseOf<'GET /clients'>;

const lists = ['clients', 'list'] as const;
/** Enough for any screen, and quickly there; then longer pages, for whoever scrolls. */
const firstPageSize = 60;
const pageSize = 100;
/** Long lists are not read again page by page behind the person's back. */
const refreshedPages = 4;

/** The list under some filters, page by page; earlier results stay until the new ones are here. */
export const clientListQuery = (filters: ListFilters, ask = api) =>
  infiniteQueryOptions({
    queryKey: [...lists, filters],
    queryFn: async ({ pageParam, signal }): Promise<ClientPage> => {
      const page = pageParam === null ? { limit: firstPageSize } : { limit: pageSize, cursor: pageParam };
      return (await ask('GET /clients', { query: { ...filters, ...page }, signal })).body;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= refreshedPages,
  });

/** One client with its ETag. */
export const clientQuery = (id: string, ask = api) =>
  queryOptions({
    queryKey: ['clients', 'one', id],
    queryFn: async ({ signal }): Promise<VersionedClient> => {
      const { body, etag } = await ask('GET /clients/{id}', { params: { id }, signal });
      return { client: body, etag: etag ?? '' };
    },
  });

/** Asks for what the address of a list or a card shows before the page is there; without a session nothing comes of it. */
export async function prefetchClients(
  search: Readonly<Record<string, unknown>>,
  id: string | undefined,
): Promise<void> {
  await Promise.all([
    queryClient.infiniteQuery(clientListQuery(readListFilters(search), quietApi)),
    id !== undefined && queryClient.query(clientQuery(id, quietApi)),
  ]);
}

/** What a list already told of a client, while the card is on its way. */
export function findListedClient(id: string): ClientSummary | undefined {
  const seen = queryClient.getQueriesData<InfiniteData<ClientPage>>({ queryKey: lists });
  for (const [, list] of seen)
    for (const page of list?.pages ?? []) {
      const client = page.items.find((item) => item.id === id);
      if (client !== undefined) return client;
    }
  return undefined;
}

/** What changed in a client, page by page; the first is asked for as it is kept for reading without a connection. */
export const clientHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['clients', 'history', id],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /clients/{id}/history'>> => {
      const query = pageParam === null ? {} : { cursor: pageParam };
      return (await api('GET /clients/{id}/history', { params: { id }, query, signal })).body;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

/** The people of the clinic who may have clients. */
export const professionalsQuery = queryOptions({
  queryKey: ['professionals'],
  queryFn: async ({ signal }) => (await api('GET /professionals', { signal })).body.items,
  staleTime: 5 * 60_000,
});

/** What the list can be narrowed by. */
export const filterValuesQuery = queryOptions({
  queryKey: ['clients', 'filters'],
  queryFn: async ({ signal }) => (await api('GET /clients/filters', { signal })).body,
  staleTime: 5 * 60_000,
});

/** A few clients that look like what is being typed into the form. */
export const similarClientsQuery = (q: string) =>
  queryOptions({
    queryKey: ['clients', 'similar', q],
    queryFn: async ({ signal }): Promise<ClientSummary[]> =>
      (await api('GET /clients', { query: { q, limit: 3 }, signal })).body.items,
  });

/** What changed is shown at once where the client is already in sight; lists are then read again. */
async function remember(versioned: VersionedClient): Promise<void> {
  const { client } = versioned;
  queryClient.setQueryData(clientQuery(client.id).queryKey, versioned);
  queryClient.setQueriesData<InfiniteData<ClientPage>>({ queryKey: lists }, (list) => list && withClient(list, client));
  await refreshLists(client.id);
}

const withClient = (list: InfiniteData<ClientPage>, client: Client): InfiniteData<ClientPage> => ({
  ...list,
  pages: list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) =>
      item.id === client.id ? { ...client, city: client.address.city, state: client.address.state } : item,
    ),
  })),
});

async function refreshLists(id: string): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: ['clients', 'history', id] });
  void queryClient.invalidateQueries({ queryKey: ['clients', 'similar'] });
  void queryClient.invalidateQueries({ queryKey: filterValuesQuery.queryKey });
  await queryClient.invalidateQueries({ queryKey: lists });
}

const pageCount = (query: Query): number =>
  (query.state.data as InfiniteData<ClientPage> | undefined)?.pages.length ?? 0;

/** A colleague changed a client: what is in sight is read again, the rest when it comes into sight. */
export function refreshClient(id: string): void {
  void queryClient.invalidateQueries({ queryKey: clientQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: ['clients', 'history', id] });
  void queryClient.invalidateQueries({ queryKey: lists, predicate: (query) => pageCount(query) <= refreshedPages });
}

/** Something may have changed unseen: cards are read again, and lists that are not too long. */
export function refreshOpenClients(): void {
  void queryClient.invalidateQueries({ queryKey: ['clients', 'one'] });
  void queryClient.invalidateQueries({ queryKey: ['clients', 'history'] });
  void queryClient.invalidateQueries({ queryKey: lists, predicate: (query) => pageCount(query) <= refreshedPages });
}

export async function createClient(body: ClientInput, idempotencyKey: string): Promise<Client> {
  const answer = await api('POST /clients', { body, headers: { 'idempotency-key': idempotencyKey } });
  void remember({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}

/** Sends a merge patch of what changed. Rejects with 412 when `etag` is no longer the record's. */
export async function changeClient(id: string, body: ClientPatch, etag: string): Promise<Client> {
  const answer = await api('PATCH /clients/{id}', { params: { id }, body, headers: { 'if-match': etag } });
  void remember({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}

/** Takes a client out of the lists at once; they are put right by the server's answer. */
export async function archiveClient({ client, etag }: VersionedClient): Promise<void> {
  queryClient.setQueriesData<InfiniteData<ClientPage>>(
    { queryKey: lists },
    (list) => list && withoutClient(list, client.id),
  );
  try {
    await api('DELETE /clients/{id}', { params: { id: client.id }, headers: { 'if-match': etag } });
  } finally {
    void queryClient.invalidateQueries({ queryKey: clientQuery(client.id).queryKey });
    void refreshLists(client.id);
  }
}

const withoutClient = (list: InfiniteData<ClientPage>, id: string): InfiniteData<ClientPage> => ({
  ...list,
  pages: list.pages.map((page) => {
    const items = page.items.filter((item) => item.id !== id);
    const gone = page.items.length - items.length;
    return { ...page, items, total: { ...page.total, value: page.total.value - gone } };
  }),
});

export async function restoreClient(id: string): Promise<Client> {
  const answer = await api('POST /clients/{id}/restore', { params: { id } });
  await remember({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}
