import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agenda, at, bookVisit, brunosVisit, openAgenda } from '../../../../tests/support/agenda.ts';
import { execute } from '../../../../tests/support/database.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import { retry } from '../../../shared/retry.ts';

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

/** What Carla's page hears from the second server. */
async function listen(stop: AbortController): Promise<readonly ChangeEvent[]> {
  const response = await fetch(`${second.address}/api/v1/events`, {
    headers: { authorization: `Bearer ${agenda.carla.accessToken}` },
    signal: stop.signal,
  });
  expect(response.status).toBe(200);
  const changes: ChangeEvent[] = [];
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      for (const [, data = '{}'] of decoder.decode(chunk).matchAll(/^data: (.+)$/gm))
        changes.push(JSON.parse(data) as ChangeEvent);
  };
  read().catch(() => undefined);
  return changes;
}

/** Bruno books for himself at the first server. @returns the id */
async function book(time: string): Promise<string> {
  return (await bookVisit(agenda.bruno, brunosVisit(agenda, { startAt: at(time) }))).id;
}

it('a colleague’s booking at one server arrives at another one, and so does what was missed while the database was away', async () => {
  const stop = new AbortController();
  const changes = await listen(stop);
  const appointments = () =>
    changes.filter(({ recordType }) => recordType === 'appointment').map(({ recordId, by }) => ({ recordId, by }));
  const by = agenda.bruno.professionalId;
  const first = await book('09:00');
  await expect.poll(appointments, { timeout: 20_000 }).toEqual([{ recordId: first, by }]);

  const endConnections = () =>
    execute(
      server.database.adminUrl,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  await endConnections();
  // The first requests may still get a connection that was ended: they are refused, and write nothing.
  const missed = await retry(() => book('11:00'), { attempts: 20, when: () => true });
  await endConnections();
  await expect.poll(appointments, { timeout: 20_000 }).toEqual([
    { recordId: first, by },
    { recordId: missed, by },
  ]);
  stop.abort();
});
