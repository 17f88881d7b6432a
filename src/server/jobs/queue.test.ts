import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LendingClinic, openLendingClinic, register } from '../../../tests/support/lending.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sql } from '../db/sql.ts';

describe('a mail that a request queues', () => {
  let server: TestServer;
  let database: pg.Client;
  let clinic: LendingClinic;
  let rui: string;

  beforeAll(async () => {
    server = await startTestServer();
    database = new pg.Client(server.database.adminUrl);
    await database.connect();
    await database.query(`
      create table queued (task text, payload json);
      create function note_job() returns trigger language plpgsql security definer as $$
        begin
          insert into public.queued select identifier, new.payload from graphile_worker._private_tasks where id = new.task_id;
          return new;
        end $$;
      create function refuse_job() returns trigger language plpgsql as $$ begin raise 'the queue is broken'; end $$;
      create trigger noted before insert on graphile_worker._private_jobs for each row execute function note_job()`);
  });
  beforeEach(async () => {
    clinic = await openLendingClinic(server);
    rui = await register(clinic.bruno, 'Rui');
    await database.query('delete from queued');
  });
  afterAll(async () => {
    await database.end();
    await server.stop();
  });

  const open = () =>
    clinic.davi.api('POST /clients/{id}/emergency-access', { params: { id: rui }, body: { reason: 'dor forte' } });
  const invite = () =>
    clinic.ana.api('POST /professionals', {
      body: { email: `dora@${clinic.domain}`, firstName: 'Dora', role: 'reception' },
    });
  const inviteAgain = (id: string) => clinic.ana.api('POST /professionals/{id}/invitation', { params: { id } });
  const countWritten = async () =>
    (
      await database.query<{ accesses: number; people: number; again: number }>(
        `select (select count(*)::int from emergency_accesses where client_id = $1) as accesses,
          (select count(*)::int from professionals where email = $2) as people,
          (select count(*)::int from audit_events where action = 'professional_invited_again') as again`,
        [rui, `dora@${clinic.domain}`],
      )
    ).rows[0];

  it('is committed with what it tells, in one transaction', async () => {
    const { body: access } = await open();
    const { body: dora } = await invite();
    const { rows } = await database.query<{ task: string; payload: object; together: boolean }>(`
      select q.task, q.payload, coalesce(e.xmin, p.xmin)::text = q.xmin::text as together
      from queued q
      left join emergency_accesses e on e.id::text = q.payload ->> 'accessId'
      left join professionals p on p.id::text = q.payload ->> 'professionalId'
      order by q.task`);
    expect(rows).toEqual([
      { task: 'send_emergency_notice', payload: { accessId: access.id }, together: true },
      {
        task: 'send_invitation',
        payload: { professionalId: dora.id, invitedBy: clinic.ana.professionalId, locale: 'pt-BR' },
        together: true,
      },
    ]);
    await inviteAgain(dora.id);
    const { rows: again } = await database.query<{ together: boolean }>(`
      select a.xmin::text = q.xmin::text as together from queued q join audit_events a
        on a.action = 'professional_invited_again' and a.record_id::text = q.payload ->> 'professionalId'
      order by q.xmin::text::bigint desc limit 1`);
    expect(again).toEqual([{ together: true }]);
  });

  it('takes back with it what it would have told, when it cannot be queued', async () => {
    const { body: dora } = await invite();
    const fresh = await openLendingClinic(server);
    await database.query(
      'create trigger refused before insert on graphile_worker._private_jobs for each row execute function refuse_job()',
    );
    const before = await countWritten();
    await expect(open()).rejects.toMatchObject({ status: 500 });
    await expect(inviteAgain(dora.id)).rejects.toMatchObject({ status: 500 });
    clinic = fresh;
    await expect(invite()).rejects.toMatchObject({ status: 500 });
    await database.query('drop trigger refused on graphile_worker._private_jobs');
    expect(await countWritten()).toEqual({ ...before, people: 0 });
    expect((await invite()).status).toBe(201);
  });

  it('is one of these kinds, about the clinic that asks', async () => {
    const { body: access } = await open();
    const other = await openLendingClinic(server);
    const queue = (task: string, payload: object) =>
      server.db.write({ ...other.ana, role: 'administrator' }, (tx) =>
        tx.run(sql`select app.queue_mail(${task}, ${JSON.stringify(payload)}::json)`),
      );
    const { professionalId } = clinic.bruno;
    await expect(queue('send_emergency_notice', { accessId: access.id })).rejects.toMatchObject({ code: '42501' });
    await expect(queue('send_invitation', { professionalId })).rejects.toMatchObject({ code: '42501' });
    await expect(queue('run_import', {})).rejects.toMatchObject({ code: '42501' });
    await queue('send_invitation', { professionalId: other.bruno.professionalId });
  });
});
