import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../../../tests/support/merge-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../../tests/support/server.ts';
import type { ClientInput } from '../../../../shared/contracts/clients.ts';
import type { SeveralChange } from '../../../../shared/contracts/several-clients.ts';

describe('several clients at once', () => {
  let server: TestServer;
  let people: { readonly ana: SignedIn; readonly bruno: SignedIn; readonly carla: SignedIn };
  let clinics = 0;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const domain = `varios${String((clinics += 1))}.test`;
    await server.createClinic(domain);
    const [ana, bruno, carla] = [
      await server.signIn(`ana@${domain}`),
      await server.signIn(`bruno@${domain}`),
      await server.signIn(`carla@${domain}`),
    ];
    people = { ana, bruno, carla };
  });

  const create = async (who: SignedIn, body: ClientInput): Promise<string> =>
    (await who.api('POST /clients', { body })).body.id;
  const read = async (who: SignedIn, id: string) => (await who.api('GET /clients/{id}', { params: { id } })).body;
  const change = async (who: SignedIn, ids: readonly string[], what: SeveralChange) =>
    (await who.api('POST /clients/several', { body: { ids: [...ids], change: what } })).body;
  const undo = async (who: SignedIn, id: string | null) =>
    (await who.api('POST /clients/several/{id}/undo', { params: { id: id ?? '' } })).body;
  const historyOf = async (who: SignedIn, id: string) =>
    (await who.api('GET /clients/{id}/history', { params: { id } })).body.items.map(({ action, changes }) => [
      action,
      changes,
    ]);

  it('get and lose a tag, and undoing leaves alone what others have added since', async () => {
    const { ana } = people;
    const [one, two, three] = [
      await create(ana, { firstName: 'Ana', tags: ['vip'] }),
      await create(ana, { firstName: 'Bia', tags: ['Diabetes'] }),
      await create(ana, { firstName: 'Caio', tags: Array.from({ length: 20 }, (_, n) => `t${String(n)}`) }),
    ];
    const done = await change(ana, [one, two, three], { addTag: 'diabetes' });
    expect(done).toMatchObject({
      changed: 1,
      unchanged: 1,
      left: [{ id: three, name: 'Caio', code: 'too_many_tags' }],
    });
    expect((await read(ana, one)).tags).toEqual(['vip', 'diabetes']);
    expect((await historyOf(ana, one))[0]).toEqual([
      'update',
      [{ field: 'tags', from: ['vip'], to: ['vip', 'diabetes'] }],
    ]);
    await ana.api('PATCH /clients/{id}', {
      params: { id: one },
      body: { tags: ['vip', 'diabetes', 'idoso'] },
      headers: { 'if-match': '*' },
    });
    expect(await undo(ana, done.id)).toEqual({ restored: 1, left: [] });
    expect((await read(ana, one)).tags).toEqual(['vip', 'idoso']);

    const removed = await change(ana, [one, two], { removeTag: 'VIP' });
    expect(removed).toMatchObject({ changed: 1, unchanged: 1 });
    await undo(ana, removed.id);
    expect((await read(ana, one)).tags.toSorted()).toEqual(['idoso', 'vip']);
    const { body } = await ana.api('GET /clients', { query: { tag: 'vip' } });
    expect(body.items.map(({ id }) => id)).toEqual([one]);
  });

  it('go to a professional and come back, unless somebody has given them on', async () => {
    const { ana, bruno, carla } = people;
    const [one, two] = [await create(ana, { firstName: 'Ana' }), await create(ana, { firstName: 'Bia' })];
    const done = await change(carla, [one, two], { professionalId: bruno.professionalId });
    expect(done.changed).toBe(2);
    expect((await read(bruno, one)).professionalId).toBe(bruno.professionalId);
    await change(ana, [two], { professionalId: ana.professionalId });
    expect(await undo(carla, done.id)).toEqual({
      restored: 1,
      left: [{ id: two, name: 'Bia', code: 'changed_since' }],
    });
    expect((await read(ana, one)).professionalId).toBe(ana.professionalId);
    await expect(change(carla, [one], { professionalId: carla.professionalId })).rejects.toMatchObject({ status: 422 });
    await expect(change(bruno, [one], { professionalId: ana.professionalId })).rejects.toMatchObject({ status: 403 });
  });

  it('are archived, except who has an appointment to come, and return unless a number was taken meanwhile', async () => {
    const { ana, bruno } = people;
    const [one, two, three] = [
      await create(ana, { firstName: 'Ana', phone: '11987650001' }),
      await create(ana, { firstName: 'Bia', phone: '11987650002' }),
      await create(ana, { firstName: 'Caio' }),
    ];
    await ana.api('POST /appointments', {
      body: { clientId: three, professionalId: ana.professionalId, startAt: '2040-03-05T12:00:00Z' },
    });
    const done = await change(ana, [one, two, three], { archive: true });
    expect(done).toMatchObject({ changed: 2, left: [{ name: 'Caio', code: 'client_has_appointments' }] });
    expect((await ana.api('GET /clients')).body.items.map(({ firstName }) => firstName)).toEqual(['Caio']);
    await create(bruno, { firstName: 'Dora', phone: '11987650002' });
    expect(await undo(ana, done.id)).toEqual({
      restored: 1,
      left: [{ id: two, name: 'Bia', code: 'duplicate_phone' }],
    });
    expect((await historyOf(ana, one)).map(([action]) => action)).toEqual(['restore', 'archive', 'create']);
  });

  it('stay as they are when they were merged or archived anew meanwhile', async () => {
    const { ana } = people;
    const [winner, loser, again, tagged] = [
      await create(ana, { firstName: 'Ana' }),
      await create(ana, { firstName: 'Ana Maria' }),
      await create(ana, { firstName: 'Bia' }),
      await create(ana, { firstName: 'Ana M' }),
    ];
    const merge = (loserId: string) =>
      ana.api('POST /duplicates/merge', {
        body: { winnerId: winner, loserId, winnerEtag: '*', loserEtag: '*' },
      });
    const archived = await change(ana, [loser, again], { archive: true });
    for (const id of [loser, again]) await ana.api('POST /clients/{id}/restore', { params: { id } });
    await merge(loser);
    await ana.api('DELETE /clients/{id}', { params: { id: again }, headers: { 'if-match': '*' } });
    const { restored, left } = await undo(ana, archived.id);
    expect([restored, left.map(({ name, code }) => [name, code])]).toEqual([
      0,
      [
        ['Ana Maria', 'changed_since'],
        ['Bia', 'changed_since'],
      ],
    ]);
    expect(await read(ana, loser)).toMatchObject({ mergedInto: winner });
    expect((await read(ana, again)).archivedAt).not.toBeNull();

    const added = await change(ana, [tagged], { addTag: 'vip' });
    await merge(tagged);
    expect(await undo(ana, added.id)).toMatchObject({ restored: 0, left: [{ code: 'changed_since' }] });
    expect((await read(ana, tagged)).tags).toEqual(['vip']);
  });

  it('are only those whom the person may see; others answer like nobody', async () => {
    const { ana, bruno } = people;
    const [own, other] = [await create(bruno, { firstName: 'Ana' }), await create(ana, { firstName: 'Bia' })];
    const nobody = '01981111-1111-7111-8111-111111111111';
    const done = await change(bruno, [own, other, nobody], { addTag: 'vip' });
    expect(done).toMatchObject({
      changed: 1,
      left: [
        { id: other, name: null, code: 'not_found' },
        { id: nobody, name: null, code: 'not_found' },
      ],
    });
    expect((await read(ana, other)).tags).toEqual([]);
    const { body: trail } = await ana.api('GET /audit', { query: { action: 'client_updated' } });
    expect(trail.items.map(({ recordId, actor }) => [recordId, actor])).toEqual([[own, bruno.professionalId]]);
  });

  it('are undone once, within an hour, by who changed them', async () => {
    const { ana, bruno } = people;
    const id = await create(bruno, { firstName: 'Ana' });
    const done = await change(bruno, [id], { addTag: 'vip' });
    await expect(undo(ana, done.id)).rejects.toMatchObject({ status: 404 });
    await undo(bruno, done.id);
    await expect(undo(bruno, done.id)).rejects.toMatchObject({ status: 409, problem: { code: 'not_undoable' } });
    const late = await change(bruno, [id], { addTag: 'vip' });
    await asSuperuser(server, `update client_bulk_changes set made_at = now() - interval '61 minutes' where id = $1`, [
      late.id,
    ]);
    await expect(undo(bruno, late.id)).rejects.toMatchObject({ status: 409 });
    expect((await change(bruno, [id], { addTag: 'vip' })).id).toBeNull();
  });

  it('take one change at a time, for at most 200 clients', async () => {
    const { ana } = people;
    const id = await create(ana, { firstName: 'Ana' });
    const refused = (body: object) =>
      expect(ana.api('POST /clients/several', { body: body as never })).rejects.toMatchObject({ status: 422 });
    await refused({ ids: [id], change: {} });
    await refused({ ids: [id], change: { addTag: 'a', archive: true } });
    await refused({ ids: [], change: { archive: true } });
    await refused({
      ids: Array.from({ length: 201 }, (_, n) => `01981111-1111-7111-8111-${String(n).padStart(12, '0')}`),
      change: { archive: true },
    });
  });

  it('are exported by name; reception exports none', async () => {
    const { ana, bruno, carla } = people;
    const [one, other] = [await create(bruno, { firstName: 'Rui' }), await create(ana, { firstName: 'Bia' })];
    await create(bruno, { firstName: 'Ada' });
    const csv = async (who: SignedIn) => {
      const { body } = await who.api('POST /clients/export.csv', { body: { ids: [one, other] } });
      return String(body)
        .split('\r\n')
        .map((line) => line.split(',')[0]);
    };
    expect(await csv(bruno)).toEqual(['firstName', 'Rui', '']);
    expect(await csv(ana)).toEqual(['firstName', 'Bia', 'Rui', '']);
    await expect(csv(carla)).rejects.toMatchObject({ status: 403 });
  });
});
