import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser, cpf, createMergeRequests, problemOf } from '../../../../tests/support/merge-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { ApiError } from '../../../shared/api-client.ts';

describe('merging two records of one person', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  let vera: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    ({ ana, bruno, carla, vera } = await signInTwoClinics(server));
  });

  const { create, read, patch, readHistory, merge, undo } = createMergeRequests(() => ana);
  it('takes the chosen fields, fills the gaps, unites tags and columns, and joins notes', async () => {
    const winner = await create(ana, {
      firstName: 'Rosa',
      lastName: 'Prado',
      phone: '11987650001',
      email: 'velho@exemplo.test',
      document: cpf.first,
      address: { city: 'Santos' },
      guardian: { name: 'Ivo' },
      tags: ['pilates', 'antiga'],
      notes: 'Dor no joelho.',
      extra: { Convênio: 'A', Origem: 'feira' },
    });
    const loser = await create(ana, {
      firstName: 'Rosa Maria',
      lastName: 'Prado',
      phone: '11987650002',
      email: 'novo@exemplo.test',
      document: cpf.second,
      profession: 'Oleira',
      address: { city: 'Santos', street: 'Rua Um', number: '7' },
      guardian: { name: 'Ada', phone: '1133334444' },
      tags: ['pilates', 'nova'],
      notes: 'Prefere a manhã.',
      extra: { Convênio: 'B', Ficha: '12' },
      professionalId: bruno.professionalId,
    });
    const { body } = await merge(winner.id, loser.id, {
      fields: { email: 'loser', phone: 'loser', document: 'loser' },
    });
    expect(body.client).toMatchObject({
      id: winner.id,
      firstName: 'Rosa',
      phone: '+5511987650002',
      email: 'novo@exemplo.test',
      document: cpf.second,
      profession: 'Oleira',
      address: { city: 'Santos', street: 'Rua Um', number: '7' },
      guardian: { name: 'Ivo', phone: null },
      tags: ['pilates', 'antiga', 'nova'],
      notes: 'Dor no joelho.\n\nPrefere a manhã.',
      extra: { Convênio: 'A', Origem: 'feira', Ficha: '12' },
      professionalId: ana.professionalId,
      archivedAt: null,
      mergedInto: null,
      anonymous: false,
    });
    expect(await read(winner.id)).toEqual(body.client);
    const gone = await read(loser.id);
    expect(gone).toMatchObject({ firstName: 'Rosa Maria', document: cpf.second, mergedInto: winner.id });
    expect(gone.archivedAt).not.toBeNull();
    expect((await ana.api('GET /duplicates')).body.items).toEqual([]);
    const archived = await ana.api('GET /clients', { query: { status: 'archived' } });
    expect(archived.body.items.map(({ id }) => id)).toEqual([loser.id]);
  });

  it('shows both histories from the one that stays, chains of merges included', async () => {
    const [first, second, third] = [
      await create(ana, { firstName: 'Um', notes: 'a' }),
      await create(ana, { firstName: 'Dois' }),
      await create(ana, { firstName: 'Três' }),
    ];
    await patch(first.id, { notes: 'b' });
    const { body: earlier } = await merge(second.id, first.id, { fields: { firstName: 'loser' } });
    const { body: later } = await merge(third.id, second.id);
    const history = await readHistory(third.id);
    const names = new Map([first, second, third].map(({ id, firstName }) => [id, firstName]));
    expect(history.map(({ clientId, action, merge: of }) => [names.get(clientId), action, of?.id])).toEqual([
      ['Três', 'merge', later.merge.id],
      ['Dois', 'merge', later.merge.id],
      ['Dois', 'merge', earlier.merge.id],
      ['Um', 'merge', earlier.merge.id],
      ['Um', 'update', undefined],
      ['Três', 'create', undefined],
      ['Dois', 'create', undefined],
      ['Um', 'create', undefined],
    ]);
    expect(
      history.find(({ clientId, merge: of }) => clientId === second.id && of?.id === earlier.merge.id)?.changes,
    ).toEqual(
      expect.arrayContaining([
        { field: 'firstName', from: 'Dois', to: 'Um' },
        { field: 'notes', from: null, to: 'b' },
      ]),
    );
    expect(JSON.stringify(await readHistory(third.id, carla))).not.toContain('notes');
    expect((await readHistory(first.id)).map(({ action }) => action)).toEqual(['merge', 'update', 'create']);
    expect(await problemOf(undo(earlier.merge.id))).toMatchObject({ status: 409, code: 'client_archived' });
    await undo(later.merge.id);
    await undo(earlier.merge.id);
    expect(await read(first.id)).toMatchObject({ firstName: 'Um', notes: 'b', archivedAt: null, mergedInto: null });
    expect(await read(second.id)).toMatchObject({ firstName: 'Dois', notes: null, archivedAt: null });
  });

  it('refuses what has changed meanwhile, what is archived, and what cannot be', async () => {
    const [winner, loser] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Rosa' })];
    const seen = { winnerEtag: '"1"', loserEtag: '"1"' };
    await patch(loser.id, { rg: '1' });
    const stale = { status: 412, code: 'stale', clientId: loser.id };
    expect(await problemOf(merge(winner.id, loser.id, seen))).toMatchObject(stale);
    expect(await problemOf(merge(loser.id, winner.id, seen))).toMatchObject(stale);
    for (const options of [{ winnerEtag: '' }, { loserEtag: 'x' }])
      expect(await problemOf(merge(winner.id, loser.id, options))).toMatchObject({ status: 422 });
    expect(await problemOf(merge(winner.id, winner.id))).toMatchObject({ status: 422 });
    await ana.api('DELETE /clients/{id}', { params: { id: loser.id }, headers: { 'if-match': '*' } });
    for (const [a, b] of [
      [winner, loser],
      [loser, winner],
    ] as const)
      expect(await problemOf(merge(a.id, b.id))).toMatchObject({ status: 409, code: 'client_archived' });
    expect(await read(winner.id)).toEqual(winner);
  });

  it('lets one of many merges of a pair win, whichever way round', async () => {
    const [one, two] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Rosa' })];
    const seen = { winnerEtag: '"1"', loserEtag: '"1"' };
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0 ? merge(one.id, two.id, seen) : merge(two.id, one.id, seen),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect((answer.reason as ApiError).problem).toMatchObject({ status: 409, code: 'client_archived' });
    const { body } = await ana.api('GET /clients');
    expect(body.items).toHaveLength(1);
  });

  it('is everybody’s with clients of their own, and reception’s without what it does not see', async () => {
    const rosa = { firstName: 'Rosa', lastName: 'Prado' };
    const [mine, also, colleagues, foreign] = [
      await create(bruno, { ...rosa, notes: 'um segredo' }),
      await create(bruno, { ...rosa, notes: 'outro segredo' }),
      await create(ana, rosa),
      await create(vera, rosa),
    ];
    const unknown = await problemOf(merge(mine.id, randomUUID()));
    expect(unknown).toMatchObject({ status: 404 });
    const bare = (problem: object | undefined) => ({ ...problem, requestId: '' });
    expect(bare(await problemOf(merge(mine.id, foreign.id)))).toEqual(bare(unknown));
    expect(bare(await problemOf(merge(foreign.id, mine.id)))).toEqual(bare(unknown));
    for (const [winner, loser] of [
      [mine, colleagues],
      [colleagues, mine],
    ] as const)
      expect(await problemOf(merge(winner.id, loser.id, { by: bruno }))).toMatchObject({ status: 404 });
    expect(await problemOf(merge(mine.id, also.id, { by: carla, fields: { notes: 'winner' } }))).toMatchObject({
      status: 403,
    });
    const { body } = await merge(mine.id, also.id, { by: carla });
    expect(JSON.stringify(body)).not.toContain('segredo');
    expect((await read(mine.id)).notes).toBe('um segredo\n\noutro segredo');
    expect(await problemOf(undo(body.merge.id, vera))).toMatchObject({ status: 404 });
    expect(JSON.stringify((await undo(body.merge.id, bruno)).body)).toContain('um segredo');
    expect((await read(mine.id)).notes).toBe('um segredo');
  });

  it('gives a client only to a professional who works', async () => {
    const [winner, loser] = [await create(ana, { firstName: 'Rosa' }), await create(bruno, { firstName: 'Rosa' })];
    await ana.api('POST /professionals/{id}/deactivate', {
      params: { id: bruno.professionalId },
      body: { reason: 'saiu' },
    });
    const refusal = await problemOf(merge(winner.id, loser.id, { fields: { professionalId: 'loser' } }));
    expect(refusal?.errors?.[0]).toMatchObject({ path: 'fields.professionalId', code: 'professional_not_found' });
    expect((await merge(winner.id, loser.id)).body.client.professionalId).toBe(ana.professionalId);
  });

  it('is written down for both records, without a word of what they hold', async () => {
    const [winner, loser] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Segredo' })];
    const { body } = await merge(winner.id, loser.id);
    await undo(body.merge.id);
    const events = await asSuperuser(
      server,
      `select action, record_id, e::text as whole from audit_events e where record_id = any ($1) and action like '%merged' order by at`,
      [[winner.id, loser.id]],
    );
    const told = (action: string) =>
      events.flatMap((row) => (row['action'] === action ? [row['record_id']] : [])).sort();
    for (const action of ['client_merged', 'client_unmerged'])
      expect(told(action)).toEqual([winner.id, loser.id].sort());
    expect(JSON.stringify(events)).not.toContain('Segredo');
  });

  it('keeps the two together for the person they are about (LGPD)', async () => {
    const [winner, loser] = [
      await create(ana, { firstName: 'Otávio', notes: 'do primeiro' }),
      await create(ana, { firstName: 'Octavio', lastName: 'Falcão', email: 'falcao@exemplo.test' }),
    ];
    await patch(loser.id, { notes: 'do segundo' });
    await merge(winner.id, loser.id);
    const { body: copy } = await ana.api('GET /clients/{id}/data-export', { params: { id: winner.id } });
    expect(copy.merged).toMatchObject([{ id: loser.id, lastName: 'Falcão' }]);
    expect(copy.history.flatMap(({ clientId, changes }) => changes.map(({ to }) => [clientId, to]))).toContainEqual([
      loser.id,
      'do segundo',
    ]);
    const anonymize = () => ana.api('POST /clients/{id}/anonymize', { params: { id: winner.id } });
    await age(winner.id);
    expect(await problemOf(anonymize())).toMatchObject({ code: 'retention_period' });
    await age(loser.id);
    await anonymize();
    for (const { id } of [winner, loser]) {
      expect(await read(id)).toMatchObject({ firstName: 'Cliente anonimizado', lastName: null, notes: null });
      expect((await readHistory(id))[0]?.action).toBe('anonymize');
    }
    expect(JSON.stringify(await readHistory(winner.id))).not.toMatch(/segundo|Falcão/);
    expect((await ana.api('GET /clients', { query: { q: 'Falcão', status: 'archived' } })).body.items).toEqual([]);
  });

  /** Moves a record into the past. */
  const age = async (id: string) => {
    await asSuperuser(server, `update clients set created_at = created_at - interval '21 years' where id = $1`, [id]);
    await asSuperuser(server, `update client_versions set at = at - interval '21 years' where client_id = $1`, [id]);
  };
});
