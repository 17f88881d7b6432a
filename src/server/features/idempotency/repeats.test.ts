import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { register } from '../../../../tests/support/lending.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';
import { DomainError } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { Keyring } from '../auth/api.ts';
import { type Send, sender } from '../auth/testing/requests.ts';
import { makeSecret, repeatSecret } from './api.ts';

let server: TestServer;
let send: Send;
let ana: SignedIn;
let bruno: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('repetir.test');
  send = sender(server.address);
  ana = await server.signIn('ana@repetir.test');
  bruno = await server.signIn('bruno@repetir.test');
});
afterAll(() => server.stop());

const post = async (who: SignedIn, path: string, body: unknown, key?: string) => {
  const headers = {
    authorization: `Bearer ${who.accessToken}`,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  return send('POST', `/api/v1${path}`, { headers, body });
};

interface Creation {
  readonly by: SignedIn;
  readonly path: string;
  readonly body: object;
  /** Other data for the same key. */
  readonly other: object;
  /** What two requests without a key differ in. */
  readonly mark: string;
}

const creations: readonly (readonly [string, () => Promise<Creation>])[] = [
  [
    'an address of the agenda',
    () =>
      Promise.resolve({
        ...{ by: ana, path: '/calendar-feeds', body: { name: 'Telefone' }, other: { name: 'Casa' }, mark: 'url' },
      }),
  ],
  [
    'a copy of a person’s data',
    async () => {
      const path = `/clients/${await register(ana, 'Rosa')}/copies`;
      return { by: ana, path, body: {}, other: { dataRequestId: randomUUID() }, mark: 'url' };
    },
  ],
  [
    'an import of a stored file',
    async () => {
      const { id } = await importFile(ana, 'nome;fone\nRui;11987650061\n', { dryRun: 'true' });
      const body = { dryRun: true };
      return { by: ana, path: `/imports/${id}/repeat`, body, other: { dryRun: false }, mark: 'id' };
    },
  ],
  [
    'an emergency access',
    async () => {
      const path = `/clients/${await register(ana, 'Lia')}/emergency-access`;
      return { by: bruno, path, body: { reason: 'queda' }, other: { reason: 'dor' }, mark: 'id' };
    },
  ],
];

describe('a creation that is sent again with its key', () => {
  it.each(creations)('makes one record and is answered alike: %s', async (_, prepare) => {
    const { by, path, body, other, mark } = await prepare();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(by, path, body, key)));
    expect(answers.map(({ status }) => Math.floor(status / 100))).toEqual([2, 2, 2, 2, 2]);
    expect(new Set(answers.map((answer) => answer.body[mark])).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(4);
    expect((await post(by, path, other, key)).body.code).toBe('idempotency_key_reused');
    const [first, second] = [await post(by, path, body), await post(by, path, body, randomUUID())];
    // Whoever has opened a client needs no second access to it.
    if (path.endsWith('emergency-access')) expect([first.status, second.status]).toEqual([409, 409]);
    else expect(new Set([answers[0]?.body[mark], first.body[mark], second.body[mark]]).size).toBe(3);
  });

  it('opens a client once', async () => {
    const path = `/clients/${await register(ana, 'Nina')}/emergency-access`;
    const key = randomUUID();
    const opened = await Promise.all(Array.from({ length: 5 }, () => post(bruno, path, { reason: 'queda' }, key)));
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([201]));
    const id = String(opened[0]?.body['id']);
    const { body } = await ana.api('GET /emergency-accesses');
    expect(body.items.filter(({ client }) => path.includes(client.id)).map((access) => access.id)).toEqual([id]);
  });

  it('shows the secret that works, and has it nowhere in the database', async () => {
    const key = randomUUID();
    await post(ana, '/calendar-feeds', {}, key);
    const repeated = await post(ana, '/calendar-feeds', {}, key);
    const url = String(repeated.body['url']);
    const token = /([\w-]{32})\.ics$/.exec(url)?.[1] ?? '';
    expect((await fetch(`${server.address}/calendar/${token}.ics`)).status).toBe(200);
    const rows = await server.db.system((tx) =>
      tx.run(
        sql<{ row: string }>`select to_jsonb(f)::text as row from calendar_feeds f
          union all select to_jsonb(i)::text from idempotency_keys i`,
      ),
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  });

  it('says what to do when the secret cannot be shown again, and 404 when it was revoked', async () => {
    const key = randomUUID();
    const { body } = await post(ana, '/calendar-feeds', {}, key);
    const id = String(body['id']);
    await server.db.system((tx) =>
      tx.run(sql`update calendar_feeds set token_hash = 'of another key' where id = ${id}`),
    );
    const repeated = await post(ana, '/calendar-feeds', {}, key);
    expect([repeated.status, repeated.body.code]).toEqual([409, 'secret_already_shown']);
    expect(repeated.body.detail).toContain('Idempotency-Key');
    await ana.api('DELETE /calendar-feeds/{id}', { params: { id } });
    expect((await post(ana, '/calendar-feeds', {}, key)).status).toBe(404);
  });
});

describe('a secret for repeats', () => {
  const actor = { professionalId: randomUUID() } as Actor;
  const wanted = { actor, key: 'k', recordId: randomUUID(), bytes: 24 };
  const [before, after, without] = [new Keyring('old'), new Keyring('new', ['old']), new Keyring('new')];

  it('is made again with a key that is kept for verifying, and with no other', () => {
    const secret = makeSecret(before, wanted);
    const isIt = (candidate: string) => candidate === secret;
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(repeatSecret(before, wanted, isIt)).toBe(secret);
    expect(repeatSecret(after, wanted, isIt)).toBe(secret);
    expect(() => repeatSecret(without, wanted, isIt)).toThrow(DomainError);
  });

  it('differs for everybody, every record and every key, and is random without one', () => {
    const others = [
      wanted,
      { ...wanted, recordId: randomUUID() },
      { ...wanted, key: 'l' },
      { ...wanted, actor: { professionalId: randomUUID() } as Actor },
      { ...wanted, key: undefined },
      { ...wanted, key: undefined },
    ];
    expect(new Set(others.map((other) => makeSecret(before, other))).size).toBe(others.length);
    expect(makeSecret(before, { ...wanted, bytes: 32 })).toMatch(/^[\w-]{43}$/);
    expect(makeSecret(before, { ...wanted, bytes: 32, key: undefined })).toMatch(/^[\w-]{43}$/);
  });
});
