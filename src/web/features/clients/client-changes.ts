import type { Client, ClientInput, ClientPatch } from '../../../shared/contracts/clients.ts';
import { clientQuery, type VersionedClient } from '../../entities/client/client-queries.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { hideListedClient, refreshLists, rememberClient } from './client-cache.ts';

export async function createClient(body: ClientInput, idempotencyKey: string): Promise<Client> {
  const answer = await api('POST /clients', { body, headers: { 'idempotency-key': idempotencyKey } });
  void rememberClient({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}

/** Sends a merge patch of what changed. Rejects with 412 when `etag` is no longer the record's. */
export async function changeClient(id: string, body: ClientPatch, etag: string): Promise<Client> {
  const answer = await api('PATCH /clients/{id}', { params: { id }, body, headers: { 'if-match': etag } });
  void rememberClient({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}

/** Takes a client out of the lists at once; they are put right by the server's answer. */
export async function archiveClient({ client, etag }: VersionedClient): Promise<void> {
  hideListedClient(client.id);
  try {
    await api('DELETE /clients/{id}', { params: { id: client.id }, headers: { 'if-match': etag } });
  } finally {
    void queryClient.invalidateQueries({ queryKey: clientQuery(client.id).queryKey });
    void refreshLists(client.id);
  }
}

export async function restoreClient(id: string): Promise<Client> {
  const answer = await api('POST /clients/{id}/restore', { params: { id } });
  await rememberClient({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}
