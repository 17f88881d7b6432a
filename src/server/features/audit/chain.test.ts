import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';
import { type ChainReport, verifyChains } from './chain.ts';
import { type ChainHead, readHeads, takeHeads, writeHeads } from './chain-head.ts';
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

  const verify = async (heads: readonly ChainHead[] = []): Promise<ChainReport | undefined> => {
    const reports = await verifyChains(server.db, () => undefined, heads);
    return reports.find(({ clinicName }) => clinicName?.includes('selo'));
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

  const clinic = `(select id from clinics where name like '%selo%')`;
  const eventAt = (sequence: number) =>
    `(select event_id from audit_seals where clinic_id = ${clinic} and sequence = ${String(sequence)})`;

  /** Tampers with events and seals, verifies, and puts both back as they were. */
  async function tamperWith(statements: string, heads: readonly ChainHead[] = []) {
    await intruder.query('create temp table events as select * from audit_events');
    await intruder.query('create temp table seals as select * from audit_seals');
    try {
      await intruder.query(statements);
      return await verify(heads);
    } finally {
      await intruder.query('delete from audit_seals; delete from audit_events');
      await intruder.query(
        'insert into audit_events select * from events; insert into audit_seals select * from seals',
      );
      await intruder.query('drop table events; drop table seals');
    }
  }

  const renumber = (from: number, by: number) => `
    update audit_seals set sequence = -sequence where clinic_id = ${clinic} and sequence >= ${String(from)};
    update audit_seals set sequence = -sequence + ${String(by)} where clinic_id = ${clinic} and sequence < 0`;
  const forged = `insert into audit_events (clinic_id, at, action)
    select clinic_id, at + interval '1 microsecond', 'backup_made' from audit_events where id = ${eventAt(4)}`;
  const later = `update audit_events set at = at - interval '1 hour' where action = 'backup_made'`;

  it.each<[what: string, tamper: string, fault: object]>([
    [
      'deleted events with their seals',
      `delete from audit_seals where clinic_id = ${clinic} and sequence in (4, 5)`,
      { sequence: 4, other: 5, reason: 'link_missing' },
    ],
    [
      'a deleted event, with the places counted anew',
      `delete from audit_seals where clinic_id = ${clinic} and sequence = 4; ${renumber(5, -1)}`,
      { sequence: 4, reason: 'link_missing' },
    ],
    [
      'an inserted event with a seal that fits',
      `${forged}; ${renumber(5, 1)};
        insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash)
        select s.clinic_id, 5, e.id, s.hash, sha256(s.hash || app.audit_bytes(e)) from audit_seals s, audit_events e
        where s.clinic_id = ${clinic} and s.sequence = 4 and e.action = 'backup_made'`,
      { sequence: 5, reason: 'link_inserted' },
    ],
    [
      'an event that was dated back, before a seal covers it',
      `${forged}; ${later}`,
      { sequence: 1, reason: 'event_inserted' },
    ],
    [
      'an event that was dated back, after a seal covers it',
      `${forged}; ${later}; select app.seal_audit_events(null)`,
      { reason: 'event_inserted' },
    ],
    [
      'two events that changed places',
      `delete from audit_seals where clinic_id = ${clinic} and sequence in (4, 6);
        insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash)
        select s.clinic_id, s.sequence, o.event_id, s.previous_hash, s.hash from seals s join seals o
        on o.clinic_id = s.clinic_id and (s.sequence, o.sequence) in ((4, 6), (6, 4)) where s.clinic_id = ${clinic}`,
      { sequence: 4, other: 6, reason: 'event_exchanged' },
    ],
    [
      'two events whose contents changed places',
      `update audit_events e set (at, actor_id, session_id, action, record_type, record_id, request_id, details)
          = (o.at, o.actor_id, o.session_id, o.action, o.record_type, o.record_id, o.request_id, o.details)
        from events o where (e.id, o.id) in ((${eventAt(4)}, ${eventAt(6)}), (${eventAt(6)}, ${eventAt(4)}))`,
      { sequence: 4, other: 6, reason: 'event_exchanged' },
    ],
    [
      'two links that changed places',
      `update audit_seals set sequence = case sequence when 4 then -5 else -4 end
          where clinic_id = ${clinic} and sequence in (4, 5);
        update audit_seals set sequence = -sequence where clinic_id = ${clinic} and sequence < 0`,
      { sequence: 4, reason: 'link_exchanged', other: 5 },
    ],
  ])('names %s, with the place', async (_, tamper, fault) => {
    await sealEvents(server.db, 'all');
    expect((await tamperWith(tamper))?.broken).toMatchObject(fault);
    expect((await verify())?.broken).toBeUndefined();
  });

  it('lists every fault, not only the first', async () => {
    const report = await tamperWith(`delete from audit_events where id in (${eventAt(3)}, ${eventAt(7)})`);
    expect(report?.faults).toMatchObject([
      { sequence: 3, reason: 'event_missing' },
      { sequence: 7, reason: 'event_missing' },
    ]);
  });

  it('shows by a noted head what was cut off at the end, sealed anew, or is gone as a whole', async () => {
    await sealEvents(server.db, 'all');
    const heads = await takeHeads(server.db);
    expect(readHeads(writeHeads(heads))).toEqual([...heads].sort((one, other) => one.links - other.links));
    expect((await verify(heads))?.broken).toBeUndefined();
    const links = (await verify())?.links ?? 0;
    const cut = `delete from audit_events where id in (select event_id from audit_seals
        where clinic_id = ${clinic} and sequence > ${String(links - 2)});
      delete from audit_seals where clinic_id = ${clinic} and sequence > ${String(links - 2)}`;
    expect((await tamperWith(cut))?.broken).toBeUndefined();
    expect((await tamperWith(cut, heads))?.broken).toEqual({
      ...{ sequence: links - 1, other: links, eventId: undefined, reason: 'tail_cut' },
    });
    const anew = `update audit_events set action = 'client_read' where id = ${eventAt(4)};
      delete from audit_seals where clinic_id = ${clinic} and sequence >= 4; select app.seal_audit_events(null)`;
    expect((await tamperWith(anew, heads))?.broken).toMatchObject({ other: links, reason: 'sealed_anew' });
    const stranger = { ...heads[0], clinicId: '01900000-0000-7000-8000-00000000000f' } as ChainHead;
    const reports = await verifyChains(server.db, () => undefined, [stranger]);
    expect(reports.at(-1)).toMatchObject({ clinicName: undefined, broken: { reason: 'chain_missing' } });
  });

  it('refuses a file that has something else in it, and says in which line', () => {
    expect(readHeads('\n{"takenAt": "hoje"}\n')).toBe(2);
    expect(readHeads('Prezados,')).toBe(1);
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
