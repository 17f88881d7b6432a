import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sql } from './sql.ts';
import type { SessionHint, Transaction } from './transaction.ts';

const domain = 'ajustes.test';
const people = ['ana', 'bruno', 'carla'] as const;
const roles = { ana: 'administrator', bruno: 'professional', carla: 'reception' } as const;

/** A table with the rules of clinical data: professionals see their own rows, administrators all, reception none. */
const scratchTable = `
  create table scratch_notes (clinic_id uuid not null, professional_id uuid not null, note text not null);
  alter table scratch_notes enable row level security;
  create policy person on scratch_notes to ROLE using (
    clinic_id = (select app.current_clinic()) and case (select app.current_professional_role())
      when 'administrator' then true
      when 'professional' then professional_id = (select app.current_professional())
      else false
    end
  );
  grant select, insert on scratch_notes to ROLE;
  insert into scratch_notes select clinic_id, id, first_name from professionals`;

describe('the person and role of a transaction', () => {
  let server: TestServer;
  let owner: pg.Client;
  let signedIn: Record<(typeof people)[number], SignedIn>;
  let clinicId: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic(domain);
    const [ana, bruno, carla] = await Promise.all([
      server.signIn(`ana@${domain}`),
      server.signIn(`bruno@${domain}`),
      server.signIn(`carla@${domain}`),
    ]);
    signedIn = { ana, bruno, carla };
    owner = new pg.Client(server.database.url);
    await owner.connect();
    const { rows } = await owner.query<{ role: string; clinic: string }>(
      `select 'acolhe_app_' || oid as role, (select id from clinics) as clinic
       from pg_database where datname = current_database()`,
    );
    clinicId = rows[0]?.clinic ?? '';
    await owner.query(scratchTable.replaceAll('ROLE', rows[0]?.role ?? ''));
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  const hintOf = (name: (typeof people)[number]): SessionHint => {
    const { sessionId, professionalId } = signedIn[name];
    return { sessionId, professionalId, clinicId, role: roles[name] };
  };
  const listNotes = (tx: Transaction) => tx.run(sql<{ note: string }>`select note from scratch_notes order by note`);
  const readSettings = (tx: Transaction) =>
    tx.run(
      sql<{ id: string | null; role: string | null }>`
        select app.current_professional() as id, app.current_professional_role() as role`,
    );

  it('are what a policy may ask for', async () => {
    const seen = async (name: (typeof people)[number]) =>
      (await server.db.read(hintOf(name), listNotes)).map(({ note }) => note);
    expect(await seen('ana')).toEqual(['Ana', 'Bruno', 'Carla']);
    expect(await seen('bruno')).toEqual(['Bruno']);
    expect(await seen('carla')).toEqual([]);
  });

  it('bind what is written, too', async () => {
    const insert = (professionalId: string) =>
      server.db.write(hintOf('bruno'), (tx) =>
        tx.run(sql`insert into scratch_notes values (app.current_clinic(), ${professionalId}::uuid, 'x')`),
      );
    await expect(insert(signedIn.ana.professionalId)).rejects.toMatchObject({ code: '42501' });
    await insert(signedIn.bruno.professionalId);
  });

  it('are those of the session, whoever used the connection before, and end with the transaction', async () => {
    for (const name of people)
      expect(await server.db.write(hintOf(name), readSettings)).toEqual([
        { id: signedIn[name].professionalId, role: roles[name] },
      ]);
    // More at once than there are connections, so that each connection is used again for somebody else.
    const system = await Promise.all(Array.from({ length: 30 }, () => server.db.system(readSettings)));
    expect(new Set(system.flat().map((row) => JSON.stringify(row)))).toEqual(new Set(['{"id":null,"role":null}']));
  });
});
