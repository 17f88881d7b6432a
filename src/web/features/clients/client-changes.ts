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

/** Changes the given fields of a client. Rejects with 412 when `etag` is not the current version. */
export async function changeClient(id: string, body: ClientPatch, etag: string): Promise<Client> {
  const answer = await api('PATCH /clients/{id}', { params: { id }, body, headers: { 'if-match': etag } });
  void rememberClient({ client: answer.body, etag: answer.etag ?? '' });
  return answer.body;
}

/** Archives a client. Lists lose the client at once and are read again after the answer, also when it is a refusal. */
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
