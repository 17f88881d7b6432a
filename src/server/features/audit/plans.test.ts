import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { becomeApplication, catchStatements, measureFastest } from '../../../../tests/support/statements.ts';
import type { AuditFilters } from '../../../shared/contracts/audit.ts';
import { createPool } from '../../db/pool.ts';
import { Database } from '../../db/transaction.ts';
import { verifyChains } from './chain.ts';
import { countEvents, listActions, listEvents } from './trail-queries.ts';

const clinic = '01900000-0000-7000-8000-000000000001';
const person = (digit: number) => `01900000-0000-7000-8000-00000000010${String(digit)}`;
/** Works the most, worked long ago, and did little. */
const [busy, former, rare] = [person(0), person(7), person(9)];

/** `TRAIL_EVENTS=1000000` measures a million. */
const events = Number(process.env['TRAIL_EVENTS'] ?? 100_000);

/** Three years of a clinic: most events are reads by few people; one person left early, one did little, backups are rare. */
const population = `
  insert into audit_events (clinic_id, id, at, actor_id, session_id, action, record_type, record_id, address, details)
  select '${clinic}', app.uuid_v7(), timestamptz '2026-01-01' - (${String(events)} - n) * interval '90 seconds',
    case when n % 20000 = 7 then null when n % 10000 = 3 then '${rare}' when n < ${String(events)} / 20 then '${former}'
      else ('01900000-0000-7000-8000-00000000010' || floor(7 * power(random(), 2))::int) end::uuid,
    app.uuid_v7(), action, case when action like 'client%' then 'client' when action like 'sign%' then 'session' else 'backup' end,
    ('01900000-0000-7000-9000-' || lpad((n * 7919::bigint % 20000)::text, 12, '0'))::uuid, '10.0.0.1', '{"as": "professional"}'
  from (
    select n, case when n % 20000 = 7 then 'backup_made' when n % 5000 = 11 then 'client_anonymized' when n % 9 = 0 then 'signed_in'
      when n % 5 = 0 then 'client_updated' else 'client_read' end as action
    from generate_series(1, ${String(events)}) as n
  ) as e`;

/** What the server seals little by little, at once. */
const seals = `do $$
declare
  event audit_events;
  head bytea := '';
  next bytea;
  n bigint := 0;
begin
  for event in select * from audit_events order by at, id loop
    n := n + 1;
    next := sha256(head || app.audit_bytes(event));
    insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash) values (event.clinic_id, n, event.id, head, next);
    head := next;
  end loop;
end $$`;

const filters: readonly (readonly [name: string, filters: AuditFilters])[] = [
  ['everything', {}],
  ['a day', { from: '2025-12-01', to: '2025-12-01' }],
  ['until long ago', { to: '2025-12-01' }],
  ['who works the most', { actorId: busy }],
  ['who left early', { actorId: former }],
  ['who did little', { actorId: rare }],
  ['a common action', { action: 'client_read' }],
  ['a rare action', { action: 'client_anonymized' }],
  ['a rare kind of record', { recordType: 'backup' }],
  ['a record', { recordId: '01900000-0000-7000-9000-000000000042' }],
  ['a person and a common action', { actorId: busy, action: 'client_read' }],
  ['a person and what they never did', { actorId: busy, action: 'backup_made' }],
  ['a person and a kind of record they never touched', { actorId: busy, recordType: 'backup' }],
  ['a person, an action and a year', { actorId: former, action: 'client_read', from: '2022-01-01', to: '2025-12-31' }],
  ['everything at once', { actorId: busy, action: 'client_read', recordType: 'client', from: '2025-06-01' }],
];

describe(`with ${String(events)} events in one clinic`, () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.adminUrl);
    await client.connect();
    await client.query(`insert into clinics (id, name) values ('${clinic}', 'Clínica')`);
    await client.query(population);
    await client.query('analyze audit_events');
    await client.query(seals);
    await client.query('analyze audit_seals');
    await becomeApplication(client, clinic);
  }, 600_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const run = async (query: AuditFilters, after?: { micros: string; id: string }): Promise<number> => {
    const statements = await catchStatements((tx) =>
      Promise.all([listEvents(tx, query, after, 51), countEvents(tx, query, 1000)]),
    );
    const begun = performance.now();
    for (const { sql, parameters } of statements) await client.query(sql, [...parameters]);
    return performance.now() - begun;
  };

  it.each(filters)('a page of %s takes less than 25 ms, the first and a later one', async (_name, query) => {
    const middle = { micros: String(Date.parse('2025-11-15T00:00:00Z') * 1000), id: clinic };
    expect(await measureFastest(client, () => run(query), 25)).toBeLessThan(25);
    expect(await measureFastest(client, () => run(query, middle), 25)).toBeLessThan(25);
  });

  it('lists the actions without reading the trail', async () => {
    const [statement] = await catchStatements(listActions);
    const ask = async (): Promise<number> => {
      const begun = performance.now();
      const { rows } = await client.query(statement?.sql ?? '');
      expect(rows).toHaveLength(5);
      return performance.now() - begun;
    };
    expect(await measureFastest(client, ask, 10)).toBeLessThan(10);
  });

  it('verifies the whole chain; of a million events, at least 50,000 a second', { timeout: 300_000 }, async () => {
    const pool = createPool({ url: database.url, max: 2, idleSeconds: 10 });
    try {
      const begun = performance.now();
      const [report] = await verifyChains(new Database(pool), () => undefined);
      const perSecond = Math.round(events / ((performance.now() - begun) / 1000));
      expect(report).toMatchObject({ links: events, broken: undefined, unsealed: 0 });
      if (events < 1_000_000) return;
      expect(perSecond).toBeGreaterThan(50_000);
    } finally {
      await pool.end();
    }
  });
});
