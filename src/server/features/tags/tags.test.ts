import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';

let server: TestServer;
let people: TwoClinics;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A clinic of its own for each test, so that its list of tags is known. */
const openClinic = async (): Promise<TwoClinics> => (people = await signInTwoClinics(server));

const register = async (who: SignedIn, tags: string[], more: Partial<ClientInput> = {}) =>
  (await who.api('POST /clients', { body: { firstName: 'Cliente', tags, ...more } })).body;
const tagsOf = async (id: string) => (await people.ana.api('GET /clients/{id}', { params: { id } })).body.tags;
const change = (who: SignedIn, id: string, body: object) =>
  who.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body });
const listTags = async (who: SignedIn) => (await who.api('GET /tags')).body.items;
const findTag = async (name: string) => {
  const tag = (await listTags(people.ana)).find((each) => each.name === name);
  if (tag === undefined) throw new Error(`there is no tag ${name}`);
  return tag;
};
const changeTag = (id: string, body: object, etag = '*') =>
  people.ana.api('PATCH /tags/{id}', { params: { id }, headers: { 'if-match': etag }, body });
const find = async (tag: string, who = people.ana) =>
  (await who.api('GET /clients', { query: { tag } })).body.items.map(({ id }) => id);

describe('the spelling of a tag', () => {
  it('is the first one’s, whatever accents, case and spaces later ones have', async () => {
    const { ana, bruno } = await openClinic();
    const first = await register(ana, [' Pé  Diabético ']);
    expect(first.tags).toEqual(['Pé Diabético']);
    expect((await register(bruno, ['pe diabetico', 'PÉ DIABÉTICO', 'nova'])).tags).toEqual(['Pé Diabético', 'nova']);
    const changed = await change(ana, first.id, { tags: ['Nova ', 'pé-diabético'] });
    expect(changed.body.tags).toEqual(['nova', 'Pé Diabético']);
    expect((await listTags(ana)).filter(({ warns }) => !warns).map(({ name }) => name)).toEqual([
      'nova',
      'Pé Diabético',
    ]);
  });

  it('is kept apart where only signs are left that search does not know', async () => {
    const { ana } = await openClinic();
    expect((await register(ana, ['-', '’', '★', '☆'])).tags).toHaveLength(4);
  });

  it('changes nothing in a client whose tags are only written in another way', async () => {
    const { ana } = await openClinic();
    const { id } = await register(ana, ['retorno']);
    const before = await ana.api('GET /clients/{id}', { params: { id } });
    const after = await change(ana, id, { tags: ['RETORNO '] });
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
  });

  it('is one also for clients who are registered at the same moment', async () => {
    const { ana } = await openClinic();
    const made = await Promise.all(['Ótima', 'otima', 'ÓTIMA', 'óTIMA '].map((tag) => register(ana, [tag])));
    expect(new Set(made.flatMap(({ tags }) => tags)).size).toBe(1);
  });

  it('is the clinic’s for imported files, within which it is the first one’s', { timeout: 120_000 }, async () => {
    const { ana } = await openClinic();
    await register(ana, ['Palmilha']);
    const file = 'nome;etiquetas\nLia;PALMILHA|Atleta\nNoé;atleta | palmilha\n';
    const tried = await importFile(ana, file, { dryRun: 'true' });
    expect(tried).toMatchObject({ status: 'done', created: 2 });
    expect((await listTags(ana)).map(({ name }) => name)).not.toContain('Atleta');
    const job = await importFile(ana, file);
    expect(job).toMatchObject({ status: 'done', created: 2 });
    const { items } = (await ana.api('GET /clients', { query: { tag: 'ATLETA' } })).body;
    expect(items.map(({ tags }) => [...tags].sort())).toEqual([
      ['Atleta', 'Palmilha'],
      ['Atleta', 'Palmilha'],
    ]);
    expect(await importFile(ana, file)).toMatchObject({ unchanged: 2, updated: 0 });
    await undoImport(ana, job.id);
    expect((await findTag('Palmilha')).clients).toBe(1);
  });

  it('is the clinic’s for several clients who get it at once', async () => {
    const { ana } = await openClinic();
    const { id } = await register(ana, ['Palmilha']);
    const other = await register(ana, []);
    await ana.api('POST /clients/several', { body: { ids: [id, other.id], change: { addTag: 'PALMILHA' } } });
    expect([await tagsOf(id), await tagsOf(other.id)]).toEqual([['Palmilha'], ['Palmilha']]);
  });

  it('does not matter to the filter, also among the clients of an import', async () => {
    const { ana } = await openClinic();
    const { id } = await register(ana, ['Órtese']);
    for (const tag of ['Órtese', 'ortese', ' ÓRTESE ']) expect(await find(tag)).toEqual([id]);
    expect(await find('ortes')).toEqual([]);
    const job = await importFile(ana, 'nome;etiquetas\nLia;órtese\n');
    const { body } = await ana.api('GET /clients', { query: { tag: 'ORTESE', importId: job.id } });
    expect(body.items.map(({ firstName }) => firstName)).toEqual(['Lia']);
  });
});

describe('the list of tags', () => {
  it('begins with those that warn in every clinic, and counts the clients whom the person may see', async () => {
    const { ana, bruno, carla, vera } = await openClinic();
    expect((await listTags(vera)).map(({ name, warns, icon }) => [name, warns, icon])).toEqual([
      ['alergia', true, 'alert'],
      ['anticoagulante', true, 'pill'],
      ['diabetes', true, 'droplet'],
      ['gestante', true, 'baby'],
    ]);
    await register(ana, ['Diabetes', 'vip']);
    await register(bruno, ['diabetes']);
    const counted = async (who: SignedIn) =>
      Object.fromEntries(
        (await listTags(who)).filter(({ clients }) => clients > 0).map((tag) => [tag.name, tag.clients]),
      );
    expect(await counted(ana)).toEqual({ diabetes: 2, vip: 1 });
    expect(await counted(carla)).toEqual({ diabetes: 2, vip: 1 });
    expect(await counted(bruno)).toEqual({ diabetes: 1 });
  });

  it('takes new ones from an administrator, each once', async () => {
    const { ana } = await openClinic();
    const body = { name: 'Risco de queda', color: 'amber', icon: 'alert', warns: true } as const;
    const headers = { 'idempotency-key': 'uma-vez' };
    const added = await ana.api('POST /tags', { body, headers });
    expect([added.status, added.body]).toMatchObject([201, { ...body, clients: 0 }]);
    expect((await ana.api('POST /tags', { body, headers })).body.id).toBe(added.body.id);
    const again = await ana.api('POST /tags', { body: { name: 'RISCO DE QUEDA' } }).catch((error: unknown) => error);
    expect(again).toMatchObject({
      status: 409,
      problem: { code: 'duplicate_tag', tag: { id: added.body.id, name: 'Risco de queda' } },
    });
  });
});

describe('an administrator', () => {
  it('renames a tag for all clients at once, archived ones too, each with a version', async () => {
    const { ana, bruno } = await openClinic();
    const [mine, his, gone] = [
      await register(ana, ['vip', 'retorno']),
      await register(bruno, ['retorno', 'VIP']),
      await register(ana, ['vip']),
    ];
    const other = await register(ana, ['retorno']);
    await ana.api('DELETE /clients/{id}', { params: { id: gone.id }, headers: { 'if-match': '*' } });
    const renamed = await changeTag((await findTag('vip')).id, { name: 'Muito  importante' });
    expect(renamed.body).toMatchObject({ name: 'Muito importante', clients: 3 });
    expect(await tagsOf(mine.id)).toEqual(['Muito importante', 'retorno']);
    expect(await tagsOf(his.id)).toEqual(['retorno', 'Muito importante']);
    expect(await tagsOf(gone.id)).toEqual(['Muito importante']);
    expect((await find('muito importante')).sort()).toEqual([mine.id, his.id].sort());
    expect(await find('vip')).toEqual([]);
    const history = await ana.api('GET /clients/{id}/history', { params: { id: his.id } });
    expect(history.body.items[0]).toMatchObject({
      action: 'update',
      by: { id: ana.professionalId },
      changes: [{ field: 'tags', from: ['retorno', 'vip'], to: ['retorno', 'Muito importante'] }],
    });
    const untouched = await ana.api('GET /clients/{id}/history', { params: { id: other.id } });
    expect(untouched.body.items).toHaveLength(1);
  });

  it('may correct the spelling alone, but not take another tag’s name', async () => {
    const { ana } = await openClinic();
    const { id } = await register(ana, ['ortese', 'vip']);
    const tag = await findTag('ortese');
    expect((await changeTag(tag.id, { name: 'Órtese' })).body).toMatchObject({ id: tag.id, name: 'Órtese' });
    expect(await tagsOf(id)).toEqual(['Órtese', 'vip']);
    const vip = await findTag('vip');
    expect(await changeTag(tag.id, { name: 'VIP' }).catch((error: unknown) => error)).toMatchObject({
      problem: { code: 'duplicate_tag', tag: { id: vip.id, name: 'vip' } },
    });
    expect(await changeTag(tag.id, { warns: true }, '"1"').catch((error: unknown) => error)).toMatchObject({
      status: 412,
    });
  });

  it('merges two tags: whoever had both keeps one', async () => {
    const { ana } = await openClinic();
    const both = await register(ana, ['diabético', 'vip', 'diabetes']);
    const one = await register(ana, ['diabético']);
    const [from, into] = [await findTag('diabético'), await findTag('diabetes')];
    const merged = await ana.api('POST /tags/{id}/merge', { params: { id: from.id }, body: { into: into.id } });
    expect(merged.body).toMatchObject({ id: into.id, name: 'diabetes', warns: true, clients: 2 });
    expect(await tagsOf(both.id)).toEqual(['diabetes', 'vip']);
    expect(await tagsOf(one.id)).toEqual(['diabetes']);
    expect((await listTags(ana)).map(({ name }) => name)).not.toContain('diabético');
    const trail = await ana.api('GET /audit', { query: { recordId: into.id } });
    expect(trail.body.items.map(({ action }) => action)).toEqual(['tag_merged']);
    expect(JSON.stringify(trail.body)).not.toContain('diab');
  });

  it('deletes a tag, which then nobody has', async () => {
    const { ana } = await openClinic();
    const { id } = await register(ana, ['antiga', 'vip']);
    const tag = await findTag('antiga');
    await ana.api('DELETE /tags/{id}', { params: { id: tag.id }, headers: { 'if-match': `"${String(tag.version)}"` } });
    expect(await tagsOf(id)).toEqual(['vip']);
    expect((await listTags(ana)).map(({ name }) => name)).not.toContain('antiga');
    expect(await find('antiga')).toEqual([]);
  });

  it('renames while somebody who gives the tag to a client waits for that: the client has a tag of the clinic', async () => {
    const { ana, bruno } = await openClinic();
    await register(ana, ['de passagem']);
    const { id } = await findTag('de passagem');
    const [renamer, watcher] = [new pg.Client(server.database.adminUrl), new pg.Client(server.database.adminUrl)];
    await Promise.all([renamer.connect(), watcher.connect()]);
    await renamer.query('begin');
    await renamer.query(`update clinic_tags set key = 'passada', name = 'passada' where id = $1`, [id]);
    const registering = register(bruno, ['de passagem']);
    await vi.waitFor(async () => {
      const { rowCount } = await watcher.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like '%clinic_tags%for share%'`,
      );
      expect(rowCount).toBe(1);
    });
    await renamer.query('commit');
    await registering;
    await Promise.all([renamer.end(), watcher.end()]);
    expect((await listTags(ana)).map(({ name }) => name)).toEqual(expect.arrayContaining(['passada', 'de passagem']));
  });

  it('renames while others give the tag to clients: nobody is left with the old name', async () => {
    const { ana, bruno } = await openClinic();
    await register(ana, ['em mudança']);
    const { id } = await findTag('em mudança');
    await Promise.all([
      ...Array.from({ length: 6 }, () => register(bruno, ['em mudança'])),
      changeTag(id, { name: 'mudada' }),
      ...Array.from({ length: 6 }, () => register(ana, ['em mudança'])),
    ]);
    const names = (await listTags(ana)).map(({ name }) => name);
    const { items } = (await ana.api('GET /clients')).body;
    for (const { tags } of items) expect(names).toEqual(expect.arrayContaining(tags));
    expect(await find('mudada')).not.toEqual([]);
  });
});
