import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTo } from '../../../../tests/support/agenda.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';

let server: TestServer;
let people: TwoClinics;
beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
});
afterAll(() => server.stop());

const list = async (who: SignedIn) => (await who.api('GET /message-templates')).body.items;
const text = 'Olá, {nome}.\nSua avaliação na {clinica} venceu.';

it('an administrator writes messages, everybody of the clinic reads them, and nobody else', async () => {
  const { ana, carla, bruno, vera } = people;
  const { body, headers } = await ana.api('POST /message-templates', { body: { name: 'Retorno', text } });
  expect(headers.get('etag')).toBe('"1"');
  await ana.api('POST /message-templates', { body: { name: 'aniversário', text: 'Parabéns, {nome}.' } });
  for (const who of [ana, carla, bruno])
    expect((await list(who)).map(({ name }) => name)).toEqual(['aniversário', 'Retorno']);
  expect(await list(vera)).toEqual([]);
  expect((await list(carla))[1]).toEqual({ id: body.id, version: 1, name: 'Retorno', text });
});

it('a change needs the version it was made from, and the trail has neither name nor text', async () => {
  const { ana } = people;
  const { id } = (await ana.api('POST /message-templates', { body: { name: 'Segredo', text: 'Olá' } })).body;
  const change = (etag: string, body: object) =>
    ana.api('PATCH /message-templates/{id}', { params: { id }, headers: { 'if-match': etag }, body });
  expect((await change('"1"', { text: 'Oi' })).body).toEqual({ id, version: 2, name: 'Segredo', text: 'Oi' });
  expect((await change('"2"', { text: 'Oi' })).body.version).toBe(2);
  expect(await answerTo(change('"1"', { name: 'Outro' }))).toBe('412 stale');
  const remove = (etag: string) =>
    ana.api('DELETE /message-templates/{id}', { params: { id }, headers: { 'if-match': etag } });
  expect(await answerTo(remove('"1"'))).toBe('412 stale');
  expect(await answerTo(remove('"2"'))).toBe('204');
  const events = (await ana.api('GET /audit', { query: { recordId: id } })).body.items;
  expect(events.map(({ action }) => action)).toEqual([
    'message_template_deleted',
    'message_template_changed',
    'message_template_added',
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Segredo|Olá/);
});

it('a message has a text, and a repeated request makes one', async () => {
  const { ana } = people;
  expect(await answerTo(ana.api('POST /message-templates', { body: { name: 'Vazia', text: ' \n' } }))).toBe(
    '422 invalid_request',
  );
  const once = { body: { name: 'Uma vez', text: 'Olá' }, headers: { 'idempotency-key': 'mensagem-1' } };
  const [first, second] = [
    await ana.api('POST /message-templates', once),
    await ana.api('POST /message-templates', once),
  ];
  expect(second.body.id).toBe(first.body.id);
});
