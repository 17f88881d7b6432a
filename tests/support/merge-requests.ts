import pg from 'pg';
import { ApiError } from '../../src/shared/api-client.ts';
import type { Client, ClientInput, ClientPatch } from '../../src/shared/contracts/clients.ts';
import type { MergeChoices } from '../../src/shared/contracts/duplicates.ts';
import type { SignedIn, TestServer } from './server.ts';

/** Two valid CPFs. */
export const cpf = { first: '52998224725', second: '11144477735' };

interface MergeOptions {
  readonly fields?: MergeChoices;
  readonly winnerEtag?: string;
  readonly loserEtag?: string;
  readonly by?: SignedIn;
}

/** Requests for tests of merging. They are sent by `asker`, unless a call names another person. */
export function createMergeRequests(asker: () => SignedIn) {
  const create = async (person: SignedIn, body: Partial<ClientInput> & { firstName: string }): Promise<Client> =>
    (await person.api('POST /clients', { body: { allowSharedPhone: true, ...body } })).body;
  const read = async (id: string, person = asker()): Promise<Client> =>
    (await person.api('GET /clients/{id}', { params: { id } })).body;
  const patch = async (id: string, body: ClientPatch): Promise<Client> =>
    (await asker().api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body })).body;
  const readHistory = async (id: string, person = asker()) =>
    (await person.api('GET /clients/{id}/history', { params: { id } })).body.items;

  const merge = (winnerId: string, loserId: string, { by = asker(), ...options }: MergeOptions = {}) =>
    by.api('POST /duplicates/merge', { body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', ...options } });
  const undo = (id: string, by = asker()) => by.api('POST /duplicates/merges/{id}/undo', { params: { id } });
  return { create, read, patch, readHistory, merge, undo };
}

/** The problem with which a call was refused; undefined if it was not. */
export const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? error.problem : undefined;
};

/** Runs a statement that triggers and policies would refuse, for example to make a record old. */
export async function asSuperuser(
  server: TestServer,
  sql: string,
  values: unknown[],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(server.database.adminUrl);
  await client.connect();
  await client.query('set session_replication_role = replica');
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
