import pg from 'pg';
import { ApiError } from '../../src/shared/api-client.ts';
import type { Client, ClientInput, ClientPatch } from '../../src/shared/contracts/clients.ts';
import type { MergeChoices } from '../../src/shared/contracts/duplicates.ts';
import type { SignedIn, TestServer } from './server.ts';

/** Two that are well formed. */
export const cpf = { first: '52998224725', second: '11144477735' };

interface MergeOptions {
  readonly fields?: MergeChoices;
  readonly winnerEtag?: string;
  readonly loserEtag?: string;
  readonly by?: SignedIn;
}

/** What merging is tried with, asked by the person given unless a call names another. */
export function createMergeRequests(asked: () => SignedIn) {
  const create = async (person: SignedIn, body: Partial<ClientInput> & { firstName: string }): Promise<Client> =>
    (await person.api('POST /clients', { body: { allowSharedPhone: true, ...body } })).body;
  const read = async (id: string, person = asked()): Promise<Client> =>
    (await person.api('GET /clients/{id}', { params: { id } })).body;
  const patch = async (id: string, body: ClientPatch): Promise<Client> =>
    (await asked().api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body })).body;
  const historyOf = async (id: string, person = asked()) =>
    (await person.api('GET /clients/{id}/history', { params: { id } })).body.items;

  const merge = (winnerId: string, loserId: string, { by = asked(), ...options }: MergeOptions = {}) =>
    by.api('POST /duplicates/merge', { body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', ...options } });
  const undo = (id: string, by = asked()) => by.api('POST /duplicates/merges/{id}/undo', { params: { id } });
  return { create, read, patch, historyOf, merge, undo };
}

/** The problem that a call was refused with. */
export const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? error.problem : undefined;
};

/** A statement past all triggers and policies, for what only time would change. */
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
