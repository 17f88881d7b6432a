import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser, cpf, createMergeRequests, problemOf } from '../../../../tests/support/merge-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { Client } from '../../../shared/contracts/clients.ts';

describe('a merge', () => {
  let server: TestServer;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    ({ ana } = await signInTwoClinics(server));
  });

  const { create, read, patch, readHistory, merge, undo } = createMergeRequests(() => ana);

  describe('taken back', () => {
    it('puts both as they were, and the phone they shared is shared again', async () => {
      const phone = '11987650003';
      const [older, younger] = [
        await create(ana, { firstName: 'Rosa', phone, tags: ['a'] }),
        await create(ana, { firstName: 'Rosa M', phone, document: cpf.first, tags: ['b'] }),
      ];
      for (const [winner, loser] of [
        [older, younger],
        [younger, older],
      ] as const) {
        const before = [await read(winner.id), await read(loser.id)];
        const { body } = await merge(winner.id, loser.id);
        expect(body.client).toMatchObject({ document: cpf.first, sharedPhone: false });
        expect(new Set(body.client.tags)).toEqual(new Set(['a', 'b']));
        const { body: undone } = await undo(body.merge.id);
        expect(undone.kept).toEqual([]);
        expect(undone.merge.undoneAt).not.toBeNull();
        const timeless = (client: Client) => ({ ...client, updatedAt: '', sharedPhone: undefined });
        expect([undone.winner, undone.loser].map(timeless)).toEqual(before.map(timeless));
        expect([undone.winner.sharedPhone, undone.loser.sharedPhone].filter(Boolean)).toHaveLength(1);
        expect(await problemOf(undo(body.merge.id))).toMatchObject({ status: 409, code: 'merge_undone' });
      }
      expect((await readHistory(older.id)).map(({ action }) => action)).toEqual([
        'unmerge',
        'merge',
        'unmerge',
        'merge',
        'create',
      ]);
    });

    it('leaves alone what was changed since, and says so', async () => {
      const [winner, loser] = [
        await create(ana, { firstName: 'Rosa', rg: '1', profession: 'Oleira' }),
        await create(ana, { firstName: 'Rosa Maria', rg: '2', profession: 'Pintora' }),
      ];
      const fields = { firstName: 'loser', rg: 'loser', profession: 'loser' } as const;
      const { body } = await merge(winner.id, loser.id, { fields });
      await patch(winner.id, { rg: '3', nationality: 'brasileira' });
      const { body: undone } = await undo(body.merge.id);
      expect(undone.kept).toEqual(['rg']);
      expect(undone.winner).toMatchObject({
        firstName: 'Rosa',
        rg: '3',
        profession: 'Oleira',
        nationality: 'brasileira',
      });
      expect(undone.loser).toMatchObject({ firstName: 'Rosa Maria', rg: '2', mergedInto: null });
    });

    it('stops where somebody else has the phone or the document by now', async () => {
      const [winner, loser] = [
        await create(ana, { firstName: 'Rosa', document: cpf.first, phone: '11987650004' }),
        await create(ana, { firstName: 'Rosa', document: cpf.second, phone: '11987650005' }),
      ];
      const { body } = await merge(winner.id, loser.id, { fields: { document: 'loser' } });
      const taker = await create(ana, { firstName: 'Ivo', document: cpf.first });
      expect(await problemOf(undo(body.merge.id))).toMatchObject({
        code: 'duplicate_document',
        client: { id: taker.id, name: 'Ivo' },
      });
      await patch(taker.id, { document: null, phone: '11987650005' });
      expect(await problemOf(undo(body.merge.id))).toMatchObject({ code: 'duplicate_phone', client: { id: taker.id } });
      await patch(taker.id, { phone: null });
      const { body: undone } = await undo(body.merge.id);
      expect([undone.winner.document, undone.loser.document]).toEqual([cpf.first, cpf.second]);
    });

    it('is over after 30 days, and when the record was restored by itself', async () => {
      const [winner, loser] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Rosa' })];
      const { body: first } = await merge(winner.id, loser.id);
      await ana.api('POST /clients/{id}/restore', { params: { id: loser.id } });
      expect(await read(loser.id)).toMatchObject({ archivedAt: null, mergedInto: null });
      expect(await problemOf(undo(first.merge.id))).toMatchObject({ status: 409, code: 'merge_undone' });
      expect((await readHistory(winner.id)).map(({ clientId }) => clientId)).toEqual([winner.id, winner.id]);
      const { body: second } = await merge(winner.id, loser.id);
      await asSuperuser(server, `update client_merges set merged_at = merged_at - interval '31 days' where id = $1`, [
        second.merge.id,
      ]);
      expect(await problemOf(undo(second.merge.id))).toMatchObject({ status: 409, code: 'merge_expired' });
    });

    it('happens once', async () => {
      const [winner, loser] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Rosa' })];
      const { body } = await merge(winner.id, loser.id);
      const answers = await Promise.allSettled(Array.from({ length: 6 }, () => undo(body.merge.id)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
});
