import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';
import type { ConsentInput, ConsentText, ConsentTextInput } from '../../../shared/contracts/consents.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';

let server: TestServer;
let people: TwoClinics;
let images: ConsentText;
let messages: ConsentText;

const write = async (who: SignedIn, input: Partial<ConsentTextInput> & Pick<ConsentTextInput, 'purpose'>) =>
  (await who.api('POST /consent-texts', { body: { title: 'Termo', body: 'Autorizo.', ...input } })).body;

beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
  images = await write(people.ana, { purpose: 'images', title: 'Uso de imagem', body: '# Fotos\n- antes\n- depois' });
  messages = await write(people.ana, { purpose: 'messages', title: 'Mensagens' });
});
afterAll(() => server.stop());

const today = toLocalDate(new Date(), 'America/Sao_Paulo');
const yearsAgo = (years: number): string => `${String(Number(today.slice(0, 4)) - years)}-01-01`;
const register = async (who: SignedIn, more: Partial<ClientInput> = {}) =>
  (await who.api('POST /clients', { body: { firstName: 'Cliente', ...more } })).body.id;
const answer = (who: SignedIn, id: string, input: Partial<ConsentInput> = {}) =>
  who.api('POST /clients/{id}/consents', {
    params: { id },
    body: { textId: images.id, decision: 'given', by: 'client', means: 'paper', ...input },
  });
const withdraw = (who: SignedIn, id: string, body: object = { by: 'client', means: 'verbal' }) =>
  who.api('POST /consents/{id}/withdraw', { params: { id }, body: body as { by: 'client'; means: 'verbal' } });
const read = async (who: SignedIn, id: string) =>
  (await who.api('GET /clients/{id}/consents', { params: { id } })).body;
const states = async (who: SignedIn, id: string) =>
  Object.fromEntries((await read(who, id)).standing.map(({ purpose, state }) => [purpose, state]));

describe('a text', () => {
  it('gets a new version and keeps the earlier ones; other purposes have one for each title', async () => {
    const { vera } = people;
    const first = await write(vera, { purpose: 'treatment', title: 'Tratamento', body: 'Um' });
    const second = await write(vera, { purpose: 'treatment', title: 'Tratamento e dados', body: 'Dois' });
    await write(vera, { purpose: 'other', title: 'Pesquisa' });
    await write(vera, { purpose: 'other', title: 'Visita em casa' });
    const third = await write(vera, { purpose: 'other', title: 'PESQUISA', asked: false });
    expect([first.version, second.version, third.version]).toEqual([1, 2, 2]);
    const { items } = (await vera.api('GET /consent-texts')).body;
    expect(items.map(({ title, version, body, isLatest }) => [title, version, body, isLatest])).toEqual([
      ['PESQUISA', 2, 'Autorizo.', true],
      ['Visita em casa', 1, 'Autorizo.', true],
      ['Pesquisa', 1, 'Autorizo.', false],
      ['Tratamento e dados', 2, 'Dois', true],
      ['Tratamento', 1, 'Um', false],
    ]);
    // What is asked no more, and was never answered, stands on no card.
    const { standing } = await read(vera, await register(vera));
    expect(standing.map(({ title, state, textId }) => [title, state, textId === second.id])).toEqual([
      ['Tratamento e dados', 'missing', true],
      ['Visita em casa', 'missing', false],
    ]);
  });

  it('gets a number of its own also when two are written at once', async () => {
    const { vera } = people;
    const made = await Promise.all(['a', 'b', 'c'].map((body) => write(vera, { purpose: 'images', body })));
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  });
});

describe('a consent', () => {
  it('says what was answered, how, when and to whom; the card says what is missing', async () => {
    const { carla, ana } = people;
    const id = await register(ana);
    expect(await states(carla, id)).toEqual({ images: 'missing', messages: 'missing' });
    const { body } = await answer(carla, id, { givenOn: '2026-03-02' });
    expect(body).toMatchObject({
      ...{ purpose: 'images', title: 'Uso de imagem', version: 1, decision: 'given', by: 'client', guardian: null },
      ...{ means: 'paper', givenOn: '2026-03-02', recordedBy: { id: carla.professionalId, name: 'Carla' } },
      withdrawal: null,
    });
    await answer(carla, id, { textId: messages.id, decision: 'refused', means: 'verbal' });
    expect(await states(carla, id)).toEqual({ images: 'given', messages: 'refused' });
    // A new version asks nobody again; the answer stays that to the version which was seen.
    images = await write(ana, { purpose: 'images', title: 'Uso de imagem', body: 'Outras palavras' });
    const { items, standing } = await read(carla, id);
    expect(items.map(({ version, givenOn }) => [version, givenOn])).toEqual([
      [1, today],
      [1, '2026-03-02'],
    ]);
    expect(standing[0]).toMatchObject({ purpose: 'images', state: 'given', textId: images.id, consentId: body.id });
  });

  it('of somebody under 18 is given by a guardian, who is named', async () => {
    const { carla, ana } = people;
    const child = await register(ana, { dateOfBirth: yearsAgo(9) });
    await expect(answer(carla, child)).rejects.toMatchObject({
      status: 422,
      problem: {
        errors: [
          {
            path: 'guardian',
            code: 'guardian_required',
            message: 'Quem tem menos de 18 anos consente por um responsável: informe o nome e o parentesco.',
          },
        ],
      },
    });
    const nameless = answer(carla, child, { by: 'guardian' });
    await expect(nameless).rejects.toMatchObject({ problem: { errors: [{ code: 'guardian_required' }] } });
    const guardian = { name: 'Marta Souza', relation: 'mother' } as const;
    expect((await answer(carla, child, { by: 'guardian', guardian })).body.guardian).toEqual(guardian);
    // Somebody of age then, although not of age on the day of the paper.
    const grown = await register(ana, { dateOfBirth: yearsAgo(20) });
    await expect(answer(carla, grown, { givenOn: yearsAgo(3) })).rejects.toMatchObject({ status: 422 });
    await answer(carla, grown);
  });

  it('is withdrawn once, by whoever asks, and stays as it was given', async () => {
    const { carla, ana } = people;
    const id = await register(ana);
    const given = (await answer(carla, id)).body;
    const after = (await withdraw(carla, given.id)).body;
    expect(after).toMatchObject({
      ...given,
      withdrawal: { withdrawnOn: today, by: 'client', guardian: null, means: 'verbal', recordedBy: { name: 'Carla' } },
    });
    expect(await states(carla, id)).toEqual({ images: 'withdrawn', messages: 'missing' });
    await expect(withdraw(carla, given.id)).rejects.toMatchObject({ problem: { code: 'consent_not_given' } });
    const refused = (await answer(carla, id, { decision: 'refused' })).body;
    await expect(withdraw(carla, refused.id)).rejects.toMatchObject({ problem: { code: 'consent_not_given' } });
    await answer(carla, id);
    expect(await states(carla, id)).toEqual({ images: 'given', messages: 'missing' });
    const raced = (await answer(carla, id)).body;
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => withdraw(carla, raced.id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused for a day to come, an unknown text and an archived client, and repeated by its key', async () => {
    const { ana, vera } = people;
    const id = await register(ana);
    await expect(answer(ana, id, { givenOn: '2099-01-01' })).rejects.toMatchObject({
      problem: { errors: [{ path: 'givenOn', code: 'date_in_future' }] },
    });
    const foreign = await write(vera, { purpose: 'messages' });
    await expect(answer(ana, id, { textId: foreign.id })).rejects.toMatchObject({
      problem: { errors: [{ path: 'textId' }] },
    });
    const body = { textId: images.id, decision: 'given', by: 'client', means: 'screen' } as const;
    const again = () =>
      ana.api('POST /clients/{id}/consents', { params: { id }, body, headers: { 'idempotency-key': `c-${id}` } });
    expect((await again()).body).toEqual((await again()).body);
    expect((await read(ana, id)).items).toHaveLength(1);
    await ana.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } });
    await expect(answer(ana, id)).rejects.toMatchObject({ problem: { code: 'client_archived' } });
    await withdraw(ana, (await read(ana, id)).items[0]?.id ?? '');
  });

  it('leaves codes in the trail, and no names', async () => {
    const { ana } = people;
    const id = await register(ana);
    const guardian = { name: 'Zulmira Canário', relation: 'tutor' } as const;
    const { body } = await answer(ana, id, { by: 'guardian', guardian });
    await withdraw(ana, body.id, { by: 'guardian', guardian, means: 'paper' });
    const { items } = (await ana.api('GET /audit', { query: { recordId: id } })).body;
    expect(items.slice(0, 2).map(({ action, details }) => [action, details.changes])).toEqual([
      ['consent_withdrawn', [{ field: 'consent.images', from: 'given', to: 'withdrawn' }]],
      ['consent_recorded', [{ field: 'consent.images', from: null, to: 'given' }]],
    ]);
    expect(JSON.stringify(items)).not.toContain('Zulmira');
  });
});

/** Dates a client back by more than twenty years, past the triggers that keep these dates; consents as well on request. */
async function age(id: string, withConsents: boolean): Promise<void> {
  const admin = new pg.Client(server.database.adminUrl);
  await admin.connect();
  try {
    await admin.query(`set session_replication_role = replica`);
    await admin.query(`update clients set created_at = '2000-01-01' where id = $1`, [id]);
    await admin.query(`update client_versions set at = '2000-01-01' where client_id = $1`, [id]);
    if (!withConsents) return;
    await admin.query(`update consents set recorded_at = '2000-01-01' where client_id = $1`, [id]);
    await admin.query(
      `update consent_withdrawals set recorded_at = '2000-01-02'
       where consent_id in (select id from consents where client_id = $1)`,
      [id],
    );
  } finally {
    await admin.end();
  }
}

describe('consents', () => {
  it('cannot be changed or deleted, neither by the role of requests nor by the login', async () => {
    const client = new pg.Client(server.database.url);
    await client.connect();
    const role = (
      await client.query<{ role: string }>(
        `select 'acolhe_app_' || oid as role from pg_database where datname = current_database()`,
      )
    ).rows[0]?.role;
    for (const as of [undefined, role])
      for (const table of ['consent_texts', 'consents', 'consent_withdrawals'])
        for (const statement of [
          `update ${table} set clinic_id = clinic_id`,
          `delete from ${table}`,
          `truncate ${table} cascade`,
        ]) {
          await client.query('begin');
          if (as !== undefined) await client.query(`set local role ${as}`);
          await expect(client.query(statement), `${statement} as ${as ?? 'login'}`).rejects.toMatchObject({
            code: '42501',
          });
          await client.query('rollback');
        }
    await client.end();
  });

  it('are those of both records after a merge, apart again when it is undone, and in the copy of the data', async () => {
    const { ana } = people;
    const [winner, loser] = [await register(ana), await register(ana)];
    await answer(ana, loser);
    await answer(ana, winner, { textId: messages.id });
    const merge = { winnerId: winner, loserId: loser, winnerEtag: '*', loserEtag: '*', fields: {} };
    const { body } = await ana.api('POST /duplicates/merge', { body: merge });
    expect(await states(ana, winner)).toEqual({ images: 'given', messages: 'given' });
    const copy = await ana.api('GET /clients/{id}/data-export', { params: { id: winner } });
    expect(copy.body.consents).toMatchObject([
      { purpose: 'messages', decision: 'given', body: 'Autorizo.' },
      { purpose: 'images', decision: 'given', body: 'Outras palavras' },
    ]);
    await ana.api('POST /duplicates/merges/{id}/undo', { params: { id: body.merge.id } });
    expect(await states(ana, winner)).toEqual({ images: 'missing', messages: 'given' });
    expect(await states(ana, loser)).toEqual({ images: 'given', messages: 'missing' });
  });

  it('lose the names of guardians when the client is made anonymous, and nothing else', async () => {
    const { ana } = people;
    const id = await register(ana);
    const guardian = { name: 'Zulmira Canário', relation: 'tutor' } as const;
    const { body } = await answer(ana, id, { by: 'guardian', guardian });
    await withdraw(ana, body.id, { by: 'guardian', guardian, means: 'paper' });
    const before = (await read(ana, id)).items;
    await age(id, true);
    await ana.api('POST /clients/{id}/anonymize', { params: { id } });
    const [after] = (await read(ana, id)).items;
    expect(after?.guardian).toEqual({ name: null, relation: 'tutor' });
    expect(after?.withdrawal?.guardian).toEqual({ name: null, relation: 'tutor' });
    expect(JSON.stringify(before)).toContain('Zulmira');
    expect(after).toMatchObject({ decision: 'given', givenOn: today, means: 'paper', textId: images.id });
  });

  it('keep a record for twenty years, as every entry about the client does', async () => {
    const { ana } = people;
    const id = await register(ana);
    await answer(ana, id);
    await age(id, false);
    await expect(ana.api('POST /clients/{id}/anonymize', { params: { id } })).rejects.toMatchObject({
      problem: { code: 'retention_period' },
    });
  });

  it('to messages, once withdrawn, end the messages', async () => {
    const { ana } = people;
    const clientId = await register(ana, { phone: '(11) 93333-0001' });
    const booking = { clientId, professionalId: ana.professionalId, localStart: '2031-09-08T10:00' };
    const { id } = (await ana.api('POST /appointments', { body: booking })).body;
    const link = () => ana.api('POST /appointments/{id}/confirmation-link', { params: { id } });
    expect((await link()).body.whatsappUrl).not.toBeNull();
    const { body } = await answer(ana, clientId, { textId: messages.id });
    const reminders = async () => (await ana.api('GET /clients/{id}/reminders', { params: { id: clientId } })).body;
    expect(await reminders()).toEqual({ email: true, messagesRefused: false });
    await withdraw(ana, body.id);
    expect(await reminders()).toEqual({ email: true, messagesRefused: true });
    await expect(link()).rejects.toMatchObject({ status: 409, problem: { code: 'messages_refused' } });
    await answer(ana, clientId, { textId: messages.id });
    expect((await link()).body.whatsappUrl).not.toBeNull();
  });
  it('to messages, refused or withdrawn, are known of several clients at once, as far as somebody sees them', async () => {
    const { ana, bruno } = people;
    const clientId = [await register(ana), await register(ana), await register(ana), await register(bruno)];
    const [one = '', two = '', , four = ''] = clientId;
    await answer(ana, one, { textId: images.id, decision: 'refused' });
    for (const id of [two, four]) await answer(ana, id, { textId: messages.id, decision: 'refused' });
    const refusing = async (who: SignedIn) =>
      (await who.api('GET /message-refusals', { query: { clientId } })).body.items.map((item) => item.clientId);
    expect(await refusing(ana)).toEqual([two, four]);
    expect(await refusing(bruno)).toEqual([four]);
    expect(await refusing(people.vera)).toEqual([]);
  });
});
