import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTo, registerClient } from '../../../../tests/support/agenda.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';

let server: TestServer;
let people: TwoClinics;
beforeAll(async () => {
  server = await startTestServer();
  people = await signInTwoClinics(server);
  const { ana, bruno, vera } = people;
  const born = (firstName: string, dateOfBirth: string, by = ana) =>
    registerClient(
      by,
      by === vera ? vera.professionalId : firstName === 'Bia' ? bruno.professionalId : ana.professionalId,
      {
        firstName,
        lastName: null,
        dateOfBirth,
      },
    );
  await born('Ana', '1980-12-30');
  await born('Bia', '1990-12-31');
  await born('Caio', '2001-01-02');
  await born('Davi', '1999-01-09');
  await born('Eva', '2004-02-29');
  await born('Fabio', '1970-02-28');
  await born('Vizinha', '1970-12-31', vera);
  const gone = await born('Gil', '1970-12-31');
  await ana.api('DELETE /clients/{id}', { params: { id: gone }, headers: { 'if-match': '*' } });
});
afterAll(() => server.stop());

const list = async (who: SignedIn, from: string, days: number) =>
  (await who.api('GET /clients/birthdays', { query: { from, days } })).body.items.map(
    ({ date, client }) => `${date} ${client.firstName}`,
  );

it('are those of active clients within the days, across the turn of the year', async () => {
  const { carla, ana, vera } = people;
  expect(await list(carla, '2026-12-30', 7)).toEqual(['2026-12-30 Ana', '2026-12-31 Bia', '2027-01-02 Caio']);
  expect(await list(ana, '2026-12-31', 1)).toEqual(['2026-12-31 Bia']);
  expect(await list(vera, '2026-12-30', 7)).toEqual(['2026-12-31 Vizinha']);
});

it('are a professional’s own clients’ only', async () => {
  expect(await list(people.bruno, '2026-12-25', 31)).toEqual(['2026-12-31 Bia']);
});

it('who was born on a 29 February has it on the 28th in years without that day', async () => {
  expect(await list(people.ana, '2027-02-25', 7)).toEqual(['2027-02-28 Eva', '2027-02-28 Fabio']);
  expect(await list(people.ana, '2028-02-25', 7)).toEqual(['2028-02-28 Fabio', '2028-02-29 Eva']);
  expect(await list(people.ana, '2028-02-28', 1)).toEqual(['2028-02-28 Fabio']);
});

it('the days are at most a month', async () => {
  for (const query of [{ from: '2026-12-30', days: 32 }, { from: 'hoje' }, {}])
    expect(await answerTo(people.ana.api('GET /clients/birthdays', { query: query as never }))).toBe(
      '422 invalid_request',
    );
});
