import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agenda, answerTo, at, monday, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { type ApiClient, createApiClient } from '../../../shared/api-client.ts';

let server: TestServer;
let second: TestServer;
let agenda: Agenda;

beforeAll(async () => {
  const env = { SECRET_KEY: 'a key that both servers have, of some length' };
  server = await startTestServer(env);
  agenda = await openAgenda(server);
  second = await startTestServer({ ...env, DATABASE_URL: server.database.url });
});
afterAll(async () => {
  await second.stop();
  await server.stop();
});

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The answer to a request, which is sent again while a server on a slow machine says that it is busy. */
async function insist(ask: () => Promise<{ readonly status: number }>): Promise<string> {
  for (;;) {
    const answer = await answerTo(ask());
    if (!answer.startsWith('429')) return answer;
  }
}

it('of forty bookings, moves, series and a shift that want one room at one time, at two servers, one gets it', async () => {
  const { ana, bruno, carla } = agenda;
  const apiOf = (index: number): ApiClient => {
    const { accessToken } = [ana, carla, bruno][index % 3] ?? ana;
    const { address } = index % 2 === 0 ? server : second;
    return createApiClient({ baseUrl: address, headers: () => ({ authorization: `Bearer ${accessToken}` }) });
  };
  const roomId = (await ana.api('POST /rooms', { body: { name: 'Sala' } })).body.id;
  const clients = await Promise.all(many(40, () => registerClient(ana, bruno.professionalId)));
  const visit = (index: number, values: object = {}) => ({
    ...{ clientId: clients[index] ?? '', professionalId: bruno.professionalId, visitType: 'consulta' },
    ...{ roomId, startAt: at('10:00'), ...values },
  });
  const anas = { professionalId: ana.professionalId, clientId: agenda.anasClient, startAt: at('09:00') };
  await ana.api('POST /appointments', { body: visit(0, anas) });
  const elsewhere = await Promise.all(
    many(13, (index) =>
      ana.api('POST /appointments', { body: visit(index, { startAt: at('14:00', `2031-04-${String(10 + index)}`) }) }),
    ),
  );
  const bookings = many(13, (index) => () => apiOf(index)('POST /appointments', { body: visit(13 + index) }));
  const moves = elsewhere.map(
    ({ body: { id } }, index) =>
      () =>
        apiOf(index)('PATCH /appointments/{id}', {
          ...{ params: { id }, headers: { 'if-match': '*' } },
          body: { startAt: at('10:15') },
        }),
  );
  const series = many(13, (index) => () => {
    const { startAt: _, ...rest } = visit(26 + index);
    const rule = { every: 1, unit: 'week' as const, count: 2 };
    return apiOf(index)('POST /series', { body: { ...rest, localStart: `${monday}T10:30`, rule } });
  });
  const shift = () =>
    apiOf(0)('POST /appointments/shift', {
      body: { professionalId: ana.professionalId, from: at('09:00'), minutes: 60 },
    });
  const work = many(13, (index) => [bookings[index], moves[index], series[index]]).flat();
  const answers = await Promise.all([...work, shift].map((ask) => insist(ask ?? shift)));
  expect(answers).toHaveLength(40);
  expect(answers.filter((answer) => answer.startsWith('2'))).toHaveLength(1);
  expect(answers.filter((answer) => /^409 (appointment|series)_conflict$/.test(answer))).toHaveLength(39);
});
