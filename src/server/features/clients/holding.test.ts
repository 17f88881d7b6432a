import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo } from '../../../../tests/support/agenda.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

describe('what is written about a client while they are merged into another one', () => {
  let server: TestServer;
  let ana: SignedIn;
  let admin: pg.Client;
  let textId = '';

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('junta.test');
    ana = await server.signIn('ana@junta.test');
    const text = { purpose: 'images', title: 'Fotos', body: 'Autorizo.' } as const;
    textId = (await ana.api('POST /consent-texts', { body: text })).body.id;
    admin = new pg.Client(server.database.adminUrl);
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  const create = async (firstName: string) => (await ana.api('POST /clients', { body: { firstName } })).body.id;

  const untilWaiting = async (count: number) => {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    const countWaiting = async () => {
      // Within a transaction the first look would be kept.
      await admin.query('select pg_stat_clear_snapshot()');
      return (await admin.query(waiting)).rowCount;
    };
    await expect.poll(countWaiting, { timeout: 10_000 }).toBe(count);
  };

  const writes: readonly (readonly [string, string, (clientId: string) => Promise<{ readonly status: number }>])[] = [
    [
      'a package of sessions',
      '404 not_found',
      (clientId) => ana.api('POST /session-packages', { body: { clientId, total: 5 } }),
    ],
    [
      'a place in the waiting list',
      '404 not_found',
      (clientId) => ana.api('POST /waiting-list', { body: { clientId } }),
    ],
    [
      'a request about their data',
      '409 client_archived',
      (clientId) => ana.api('POST /data-requests', { body: { clientId, kind: 'access', identifiedBy: 'RG' } }),
    ],
    [
      'a consent',
      '409 client_archived',
      (id) =>
        ana.api('POST /clients/{id}/consents', {
          params: { id },
          body: { textId, decision: 'given', by: 'client', means: 'paper' },
        }),
    ],
    [
      'a relative',
      '409 client_archived',
      async (id) =>
        ana.api('POST /clients/{id}/relatives', {
          params: { id },
          body: { clientId: await create('Mãe'), kind: 'parent' },
        }),
    ],
    [
      'an appointment',
      '409 not_bookable',
      (clientId) =>
        ana.api('POST /appointments', {
          body: { clientId, professionalId: ana.professionalId, startAt: '2040-03-05T12:00:00Z' },
        }),
    ],
  ];

  it.each(writes)('%s is not left with the record that is no longer theirs', async (_, refusal, write) => {
    // The merge locks records in the order of ids: it has the loser and waits for the winner.
    const [loserId, winnerId] = [await create('Rosa'), await create('Rosa Maria')];
    await admin.query('begin');
    await admin.query('select from clients where id = $1 for update', [winnerId]);
    const merge = ana.api('POST /duplicates/merge', { body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*' } });
    await untilWaiting(1);
    const answer = answerTo(write(loserId));
    await untilWaiting(2);
    await admin.query('rollback');
    expect((await merge).status).toBe(200);
    expect(await answer).toBe(refusal);
  });
});
