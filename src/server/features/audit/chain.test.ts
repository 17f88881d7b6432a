import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';
import { type ChainReport, verifyChains } from './chain.ts';
import { sealEvents } from './service.ts';

describe('the chain over the audit events', () => {
  let server: TestServer;
  let bruno: SignedIn;
  /** The database's superuser, who can disable the triggers. */
  let intruder: pg.Client;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('selo.test');
    await server.createClinic('vizinha.test');
    bruno = await server.signIn('bruno@selo.test');
    await server.signIn('ana@vizinha.test');
    for (let n = 0; n < 8; n++) await bruno.api('POST /clients', { body: { firstName: `Cliente ${n}` } });
    intruder = new pg.Client(server.database.adminUrl);
    await intruder.connect();
    await intruder.query('set session_replication_role = replica');
  });
  afterAll(async () => {
    await intruder.end();
    await server.stop();
  });

  const verify = async (): Promise<ChainReport | undefined> => {
    const reports = await verifyChains(server.db, () => undefined);
    return reports.find(({ clinicName }) => clinicName.includes('selo'));
  };

  const unsealed = async (): Promise<number> => {
    const rows = await server.db.system((tx) =>
      tx.run(
        qb
          .selectFrom('audit_events as e')
          .leftJoin('audit_seals as s', (join) =>
            join.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.event_id', '=', 'e.id'),
          )
          .select('e.id')
          .where('s.event_id', 'is', null),
      ),
    );
    return rows.length;
  };

  it('takes new events in within seconds, by itself', async () => {
    await bruno.api('POST /clients', { body: { firstName: 'Recém-chegado' } });
    await expect.poll(unsealed, { timeout: 10_000 }).toBe(0);
  });

  it('holds while nobody touches it, each clinic on its own', async () => {
    await sealEvents(server.db, 'all');
    const reports = await verifyChains(server.db, () => undefined);
    expect(reports.map(({ broken, unsealed: waiting }) => ({ broken, waiting }))).toEqual(
      Array(2).fill({ broken: undefined, waiting: 0 }),
    );
    expect((await verify())?.links).toBeGreaterThanOrEqual(10);
    expect((await verify())?.head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('seals once, whoever asks at the same time', async () => {
    await bruno.api('POST /clients', { body: { firstName: 'Um' } });
    await Promise.all(Array.from({ length: 5 }, () => sealEvents(server.db, 'all')));
    await sealEvents(server.db, 'all');
    expect(await unsealed()).toBe(0);
    expect((await verify())?.broken).toBeUndefined();
  });

  it.each<[what: string, tamper: string, broken: object]>([
    ['an action', `update audit_events set action = 'client_read'`, { sequence: 4, reason: 'event_altered' }],
    ['an actor', 'update audit_events set actor_id = null', { sequence: 4, reason: 'event_altered' }],
    ['a time', `update audit_events set at = at - interval '1 hour'`, { sequence: 4, reason: 'event_altered' }],
    ['an address', `update audit_events set address = '10.0.0.1'`, { sequence: 4, reason: 'event_altered' }],
    ['a record', 'update audit_events set record_id = app.uuid_v7()', { sequence: 4, reason: 'event_altered' }],
    [
      'its details',
      `update audit_events set details = '{"as": "reception"}'`,
      { sequence: 4, reason: 'event_altered' },
    ],
    ['an event that is gone', 'delete from audit_events', { sequence: 4, reason: 'event_missing' }],
  ])('shows %s that was changed', async (_, tamper, broken) => {
    await intruder.query(`create temp table kept as select * from audit_events`);
    await intruder.query(
      `${tamper} where id = (select event_id from audit_seals s join clinics c on c.id = s.clinic_id
        where c.name like '%selo%' and sequence = 4)`,
    );
    expect((await verify())?.broken).toMatchObject(broken);
    await intruder.query('delete from audit_events; insert into audit_events select * from kept; drop table kept');
    expect((await verify())?.broken).toBeUndefined();
  });

  it.each<[what: string, tamper: string, broken: object]>([
    ['a seal that is gone', 'delete from audit_seals', { sequence: 4, reason: 'link_missing' }],
    ['a hash that was made up', `update audit_seals set hash = sha256('x')`, { sequence: 4, reason: 'event_altered' }],
    [
      'a link that leads elsewhere',
      `update audit_seals set previous_hash = sha256('x')`,
      { sequence: 4, reason: 'does_not_follow' },
    ],
  ])('shows %s', async (_, tamper, broken) => {
    await intruder.query('create temp table kept as select * from audit_seals');
    await intruder.query(
      `${tamper} where sequence = 4 and clinic_id = (select id from clinics where name like '%selo%')`,
    );
    expect((await verify())?.broken).toMatchObject(broken);
    await intruder.query('delete from audit_seals; insert into audit_seals select * from kept; drop table kept');
    expect((await verify())?.broken).toBeUndefined();
  });

  it('shows a chain that was sealed anew from an altered event on, by its head', async () => {
    const head = (await verify())?.head;
    await intruder.query('create temp table kept as select * from audit_events');
    const clinic = `(select id from clinics where name like '%selo%')`;
    await intruder.query(`update audit_events set action = 'client_read' where id =
      (select event_id from audit_seals where sequence = 4 and clinic_id = ${clinic})`);
    await intruder.query(`delete from audit_seals where sequence >= 4 and clinic_id = ${clinic}`);
    await sealEvents(server.db, 'all');
    const after = await verify();
    expect(after?.broken).toBeUndefined();
    expect(after?.head).not.toBe(head);
  });
});
