import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../../../../tests/support/merge-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { permissions, type Reach } from '../../../shared/permissions.ts';

/** Does something while reception reaches this much in order to change it, and still reads all. */
async function withReach<T>(reach: Reach, work: () => Promise<T>): Promise<T> {
  const row: { reception: Reach } = permissions['clients.write.registration'];
  const { reception } = row;
  row.reception = reach;
  try {
    return await work();
  } finally {
    row.reception = reception;
  }
}

describe('the right to change clients', () => {
  let server: TestServer;
  let bruno: SignedIn;
  let carla: SignedIn;
  let prepared: Awaited<ReturnType<typeof prepare>>;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('escrita.test');
    bruno = await server.signIn('bruno@escrita.test');
    carla = await server.signIn('carla@escrita.test');
    prepared = await prepare(await server.signIn('ana@escrita.test'));
  });
  afterAll(() => server.stop());

  const headers = { 'if-match': '*' };
  const consent = { decision: 'given', by: 'client', means: 'paper' } as const;
  const merging = (winnerId: string, loserId: string) => ({
    body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*' },
  });

  /** Clients of Bruno’s with one of everything that hangs on a client. */
  async function prepare(ana: SignedIn) {
    const create = async (firstName: string) => (await bruno.api('POST /clients', { body: { firstName } })).body.id;
    const [one, other] = [await create('Rui'), await create('Sol')];
    const [archived, winner, loser] = [await create('Tia'), await create('Una'), await create('Vera')];
    await bruno.api('DELETE /clients/{id}', { params: { id: archived }, headers });
    const merge = (await bruno.api('POST /duplicates/merge', merging(winner, loser))).body.merge.id;
    const dismissal = (await bruno.api('POST /duplicates/dismissals', { body: { clientIds: [one, other] } })).body.id;
    const params = { id: one };
    const relative = { clientId: other, kind: 'sibling' } as const;
    const link = (await bruno.api('POST /clients/{id}/relatives', { params, body: relative })).body.id;
    const text = { purpose: 'images', title: 'Uso de imagem', body: 'Autorizo.' } as const;
    const textId = (await ana.api('POST /consent-texts', { body: text })).body.id;
    const given = await bruno.api('POST /clients/{id}/consents', { params, body: { ...consent, textId } });
    const body = { ids: [one], change: { addTag: 'carla' } };
    const several = (await carla.api('POST /clients/several', { body })).body.id ?? '';
    return { one, other, archived, merge, dismissal, link, textId, consent: given.body.id, several };
  }

  /** What Carla tries to change of the records, each by its name. */
  const attempts = ({ one, other, archived, merge, dismissal, link, textId, consent: given }: typeof prepared) => {
    const params = { id: one };
    return {
      change: () => carla.api('PATCH /clients/{id}', { params, headers, body: { rg: '1' } }),
      archive: () => carla.api('DELETE /clients/{id}', { params, headers }),
      restore: () => carla.api('POST /clients/{id}/restore', { params: { id: archived } }),
      merge: () => carla.api('POST /duplicates/merge', merging(one, other)),
      unmerge: () => carla.api('POST /duplicates/merges/{id}/undo', { params: { id: merge } }),
      dismiss: () => carla.api('POST /duplicates/dismissals', { body: { clientIds: [one, other] } }),
      withdraw: () => carla.api('DELETE /duplicates/dismissals/{id}', { params: { id: dismissal } }),
      link: () => carla.api('POST /clients/{id}/relatives', { params, body: { clientId: other, kind: 'partner' } }),
      unlink: () => carla.api('DELETE /clients/{id}/relatives/{linkId}', { params: { id: one, linkId: link } }),
      consent: () => carla.api('POST /clients/{id}/consents', { params, body: { ...consent, textId } }),
      revoke: () =>
        carla.api('POST /consents/{id}/withdraw', { params: { id: given }, body: { by: 'client', means: 'paper' } }),
      reminders: () => carla.api('PATCH /clients/{id}/reminders', { params, headers, body: { email: false } }),
    };
  };

  const codesOf = async (records: typeof prepared) => {
    const codes: Record<string, string | undefined> = {};
    for (const [name, attempt] of Object.entries(attempts(records))) codes[name] = (await problemOf(attempt()))?.code;
    return codes;
  };
  const each = (code: string) => Object.fromEntries(Object.keys(attempts(prepared)).map((name) => [name, code]));

  /** Everything of the clients that an attempt could have changed. */
  const readAll = async () => {
    const { one, other, archived } = prepared;
    const read = async (id: string) => [
      (await bruno.api('GET /clients/{id}', { params: { id } })).body,
      (await bruno.api('GET /clients/{id}/relatives', { params: { id } })).body,
      (await bruno.api('GET /clients/{id}/consents', { params: { id } })).body,
      (await bruno.api('GET /clients/{id}/reminders', { params: { id } })).body,
    ];
    return Promise.all([one, other, archived].map(read));
  };

  it('is not that of reading them: whoever has no client to change is refused each change', async () => {
    const before = await readAll();
    await withReach('none', async () => {
      expect((await carla.api('GET /clients/{id}', { params: { id: prepared.one } })).status).toBe(200);
      expect(await codesOf(prepared)).toEqual(each('forbidden'));
      const register = { body: { firstName: 'Nova', professionalId: bruno.professionalId } };
      const change = { body: { ids: [prepared.one], change: { archive: true as const } } };
      expect(await problemOf(carla.api('POST /clients', register))).toMatchObject({ status: 403 });
      expect(await problemOf(carla.api('POST /clients/several', change))).toMatchObject({ status: 403 });
      const undo = carla.api('POST /clients/several/{id}/undo', { params: { id: prepared.several } });
      expect(await problemOf(undo)).toMatchObject({ status: 403 });
    });
    expect(await readAll()).toEqual(before);
  });

  it('may reach fewer clients: those who are only seen are forbidden, and those who are not there not found', async () => {
    const before = await readAll();
    await withReach('own', async () => {
      expect(await codesOf(prepared)).toEqual(each('forbidden'));
      const nobodys = Object.fromEntries(Object.keys(prepared).map((name) => [name, randomUUID()])) as typeof prepared;
      expect(await codesOf(nobodys)).toEqual(each('not_found'));
      const body = { ids: [prepared.one], change: { archive: true as const } };
      const left = [{ id: prepared.one, name: null, code: 'not_found' }];
      expect((await carla.api('POST /clients/several', { body })).body).toMatchObject({ changed: 0, left });
      const undone = await carla.api('POST /clients/several/{id}/undo', { params: { id: prepared.several } });
      expect(undone.body).toEqual({ restored: 0, left });
    });
    expect(await readAll()).toEqual(before);
  });
});
