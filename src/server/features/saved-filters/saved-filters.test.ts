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

const save = async (who: SignedIn, name: string, filters: object) =>
  (await who.api('POST /saved-filters', { body: { name, filters } })).body;
const list = async (who: SignedIn) => (await who.api('GET /saved-filters')).body.items;

it('filters are kept by name, as the list takes them, for one person alone', async () => {
  const { ana, bruno } = people;
  await save(ana, 'Santos', { city: 'Santos', sort: '-updatedAt' });
  await save(ana, 'arquivo', { status: 'archived' });
  expect((await list(ana)).map(({ name, filters }) => [name, filters])).toEqual([
    ['arquivo', { sort: 'name', status: 'archived' }],
    ['Santos', { city: 'Santos', sort: '-updatedAt', status: 'active' }],
  ]);
  expect(await list(bruno)).toEqual([]);
  const [first] = await list(ana);
  expect(await answerTo(bruno.api('DELETE /saved-filters/{id}', { params: { id: first?.id ?? '' } }))).toBe(
    '404 not_found',
  );
  await ana.api('DELETE /saved-filters/{id}', { params: { id: first?.id ?? '' } });
  expect((await list(ana)).map(({ name }) => name)).toEqual(['Santos']);
});

it('saving under the same name replaces what was kept', async () => {
  const { carla } = people;
  const first = await save(carla, 'Minha lista', { tag: 'retorno' });
  const second = await save(carla, ' Minha lista ', { birthMonth: 3 });
  expect(second.id).toBe(first.id);
  expect((await list(carla)).map(({ filters }) => filters)).toEqual([
    { birthMonth: 3, sort: 'name', status: 'active' },
  ]);
});

it('the text of a search is no filter: it may name a client', async () => {
  expect(
    await answerTo(people.ana.api('POST /saved-filters', { body: { name: 'x', filters: { q: 'Maria' } as object } })),
  ).toBe('422 invalid_request');
});

it('a person keeps at most fifty, however many are saved at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 54 }, (_, index) =>
      answerTo(people.vera.api('POST /saved-filters', { body: { name: `Filtro ${String(index)}`, filters: {} } })),
    ),
  );
  expect(answers.filter((answer) => answer === '201')).toHaveLength(50);
  expect(answers.filter((answer) => answer === '409 list_full')).toHaveLength(4);
  const [known] = await list(people.vera);
  expect((await save(people.vera, known?.name ?? '', { state: 'SP' })).id).toBe(known?.id);
});
