import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';
import { sql } from '../../db/sql.ts';
import type { RelativeKind } from '../../../shared/contracts/relatives.ts';

let server: TestServer;
let people: TwoClinics;

beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
});
afterAll(() => server.stop());

const register = async (who: SignedIn, firstName: string, more: Partial<ClientInput> = {}) =>
  (await who.api('POST /clients', { body: { firstName, ...more } })).body.id;
const link = (who: SignedIn, id: string, clientId: string, kind: RelativeKind) =>
  who.api('POST /clients/{id}/relatives', { params: { id }, body: { clientId, kind } });
const family = async (who: SignedIn, id: string) =>
  (await who.api('GET /clients/{id}/relatives', { params: { id } })).body.items.map(({ kind, client }) => [
    kind,
    client.name,
  ]);
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('two clients who are family', () => {
  it('are seen on both cards, each as what they are to the other', async () => {
    const { ana, carla } = people;
    const [mother, child, uncle] = [
      await register(ana, 'Marta', { phone: '(11) 91111-0001' }),
      await register(ana, 'Lia'),
      await register(ana, 'Otto'),
    ];
    const added = await link(carla, child, mother, 'parent');
    expect(added.body).toMatchObject({
      kind: 'parent',
      client: { id: mother, name: 'Marta', phone: '+5511911110001' },
    });
    await link(ana, mother, child, 'dependent');
    await link(ana, uncle, mother, 'sibling');
    expect(await family(ana, child)).toEqual([
      ['parent', 'Marta'],
      ['guardian', 'Marta'],
    ]);
    expect(await family(ana, mother)).toEqual([
      ['child', 'Lia'],
      ['dependent', 'Lia'],
      ['sibling', 'Otto'],
    ]);
    expect(await family(ana, uncle)).toEqual([['sibling', 'Marta']]);
    await ana.api('DELETE /clients/{id}/relatives/{linkId}', { params: { id: mother, linkId: added.body.id } });
    expect(await family(ana, child)).toEqual([['guardian', 'Marta']]);
  });

  it('are linked once in each way, and nobody to themselves', async () => {
    const { ana } = people;
    const [one, other] = [await register(ana, 'Um'), await register(ana, 'Outro')];
    const body = { clientId: other, kind: 'partner' } as const;
    const headers = { 'idempotency-key': `familia-${one}` };
    const first = await ana.api('POST /clients/{id}/relatives', { params: { id: one }, body, headers });
    const again = await ana.api('POST /clients/{id}/relatives', { params: { id: one }, body, headers });
    expect(again.body).toEqual(first.body);
    for (const attempt of [link(ana, one, other, 'partner'), link(ana, other, one, 'partner')])
      expect(await failure(attempt)).toMatchObject({ status: 409, problem: { code: 'already_related' } });
    await link(ana, one, other, 'parent');
    expect(await failure(link(ana, one, other, 'child'))).toMatchObject({ problem: { code: 'already_related' } });
    expect(await failure(link(ana, one, one, 'sibling'))).toMatchObject({ status: 422 });
  });

  it('are named only to those who may see both', async () => {
    const { ana, bruno } = people;
    const [his, hers] = [await register(bruno, 'Dele'), await register(ana, 'Dela')];
    const nobody = await failure(link(bruno, his, '00000000-0000-7000-8000-000000000000', 'sibling'));
    expect(await failure(link(bruno, his, hers, 'sibling'))).toMatchObject({ status: 404 });
    expect(nobody).toMatchObject({ status: 404 });
    const { id } = (await link(ana, his, hers, 'sibling')).body;
    expect(await family(ana, his)).toEqual([['sibling', 'Dela']]);
    expect(await family(bruno, his)).toEqual([]);
    expect(await failure(family(bruno, hers))).toMatchObject({ status: 404 });
    const unlink = bruno.api('DELETE /clients/{id}/relatives/{linkId}', { params: { id: his, linkId: id } });
    expect(await failure(unlink)).toMatchObject({ status: 404 });
    const copy = await bruno.api('GET /clients/{id}/data-export', { params: { id: his } });
    expect(copy.body.relatives).toMatchObject([{ kind: 'sibling', name: null }]);
    expect(JSON.stringify(copy.body)).not.toContain('Dela');
  });

  it('are fifty at most on either side, whoever may see them', async () => {
    const { ana, bruno } = people;
    const [hub, other] = [await register(bruno, 'Matriarca'), await register(bruno, 'Neto')];
    await importFile(ana, `nome\n${Array.from({ length: 50 }, (_, n) => `Parente ${String(n)}`).join('\n')}\n`);
    await server.db.system((tx) =>
      tx.run(
        sql`insert into client_links (clinic_id, client_id, relative_id, kind, created_by)
          select clinic_id, case when n % 2 = 0 then id else ${hub} end, case when n % 2 = 0 then ${hub} else id end, 'sibling',
            ${ana.professionalId}
          from (select *, row_number() over () as n from clients where first_name = 'Parente') as c`,
      ),
    );
    expect(await family(bruno, hub)).toEqual([]);
    const full = { status: 409, problem: { code: 'too_many_relatives', clientId: hub, limit: 50 } };
    expect(await failure(link(bruno, hub, other, 'child'))).toMatchObject(full);
    expect(await failure(link(bruno, other, hub, 'parent'))).toMatchObject(full);
  });

  it('are both told in the trail', async () => {
    const { ana } = people;
    const [one, other] = [await register(ana, 'Eva'), await register(ana, 'Ivo')];
    await link(ana, one, other, 'partner');
    for (const recordId of [one, other]) {
      const { body } = await ana.api('GET /audit', { query: { recordId, action: 'client_linked' } });
      expect(body.items).toHaveLength(1);
    }
  });
});

describe('the links of a client', () => {
  const merge = async (winnerId: string, loserId: string) =>
    (
      await people.ana.api('POST /duplicates/merge', {
        body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} },
      })
    ).body.merge.id;

  it('go to the record that stays when two are merged, and back when that is undone', async () => {
    const { ana } = people;
    const [winner, loser] = [await register(ana, 'Rosa'), await register(ana, 'Rosa Maria')];
    const [child, partner] = [await register(ana, 'Nino'), await register(ana, 'Beto')];
    await link(ana, child, loser, 'parent');
    await link(ana, loser, partner, 'partner');
    await link(ana, winner, partner, 'partner');
    await link(ana, winner, loser, 'sibling');
    const id = await merge(winner, loser);
    expect(await family(ana, child)).toEqual([['parent', 'Rosa']]);
    expect(await family(ana, partner)).toEqual([['partner', 'Rosa']]);
    expect((await family(ana, winner)).sort()).toEqual([
      ['child', 'Nino'],
      ['partner', 'Beto'],
    ]);
    await ana.api('POST /duplicates/merges/{id}/undo', { params: { id } });
    expect(await family(ana, child)).toEqual([['parent', 'Rosa Maria']]);
    expect((await family(ana, loser)).sort()).toEqual([
      ['child', 'Nino'],
      ['partner', 'Beto'],
      ['sibling', 'Rosa'],
    ]);
    expect((await family(ana, winner)).sort()).toEqual([
      ['partner', 'Beto'],
      ['sibling', 'Rosa Maria'],
    ]);
  });

  it('are not made with an archived client', async () => {
    const { ana } = people;
    const [one, gone] = [await register(ana, 'Fica'), await register(ana, 'Saiu')];
    await ana.api('DELETE /clients/{id}', { params: { id: gone }, headers: { 'if-match': '*' } });
    expect(await failure(link(ana, one, gone, 'sibling'))).toMatchObject({ problem: { code: 'client_archived' } });
  });
});

describe('a child', () => {
  it('is found by the name and the phone of the guardian, and by the second phone', async () => {
    const { ana } = people;
    const id = await register(ana, 'Tito', {
      secondaryPhone: '(11) 3222-7788',
      guardian: { name: 'Gisela Antão', phone: '(21) 98877-6655' },
    });
    const find = async (q: string) =>
      (await ana.api('GET /clients', { query: { q } })).body.items.map((client) => client.id);
    for (const q of ['gisela', 'antao tito', '98877-6655', '(21) 98877', '3222-7788'])
      expect(await find(q)).toEqual([id]);
    const listed = (await ana.api('GET /clients', { query: { q: 'tito' } })).body.items[0];
    expect(listed).toMatchObject({
      secondaryPhone: '+551132227788',
      guardianName: 'Gisela Antão',
      guardianPhone: '+5521988776655',
    });
    await ana.api('PATCH /clients/{id}', {
      params: { id },
      headers: { 'if-match': '*' },
      body: { guardian: { name: 'Zuleica' } },
    });
    expect(await find('gisela')).toEqual([]);
    expect(await find('zuleica')).toEqual([id]);
  });
});
