import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';

const refused = { code: '23503', table: 'clients', constraint: 'clients_professional_fk' };

/** Triggers replace a foreign key here and have to keep its promises. */
describe('every client has a professional of the clinic', () => {
  let database: TestDatabase;
  let one: pg.Client;
  let another: pg.Client;
  let third: pg.Client;
  let clinic: string;
  let ana: string;
  let vera: string;

  async function addProfessional(clinicId: string): Promise<string> {
    const { rows } = await one.query<{ id: string }>(
      `insert into professionals (clinic_id, email, first_name, role)
         values ($1, gen_random_uuid() || '@exemplo.test', 'Ana', 'professional') returning id`,
      [clinicId],
    );
    return rows[0]?.id ?? '';
  }
  async function addClinic(): Promise<string> {
    const { rows } = await one.query<{ id: string }>(`insert into clinics (name) values ('Clínica') returning id`);
    return rows[0]?.id ?? '';
  }
  const insert = (client: pg.Client, ...owners: readonly string[]) =>
    client.query(`insert into clients (clinic_id, professional_id, first_name) select $1, unnest($2::uuid[]), 'Zoé'`, [
      clinic,
      owners,
    ]);
  const remove = (client: pg.Client, id: string) => client.query('delete from professionals where id = $1', [id]);
  const clientsOf = async (id: string) =>
    (await one.query('select from clients where professional_id = $1', [id])).rowCount;

  const untilItWaits = () =>
    expect
      .poll(async () => {
        const { rowCount } = await one.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount;
      })
      .toBe(1);

  beforeAll(async () => {
    database = await createTestDatabase();
    [one, another, third] = [new pg.Client(database.url), new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([one, another, third].map((client) => client.connect()));
    vera = await addProfessional(await addClinic());
  });
  afterAll(async () => {
    await Promise.all([one, another, third].map((client) => client.end()));
    await database.drop();
  });
  beforeEach(async () => {
    clinic = await addClinic();
    ana = await addProfessional(clinic);
  });

  it('refuses new clients of nobody, or of a professional elsewhere, with all others of the statement', async () => {
    await expect(insert(one, ana, ana, randomUUID())).rejects.toMatchObject(refused);
    await expect(insert(one, ana, vera)).rejects.toMatchObject(refused);
    expect(await clientsOf(ana)).toBe(0);
    expect((await insert(one, ana, ana)).rowCount).toBe(2);
  });

  it('refuses to move clients to nobody, or to a professional elsewhere', async () => {
    await insert(one, ana, ana);
    const move = (to: string) =>
      one.query('update clients set professional_id = $2 where professional_id = $1', [ana, to]);
    await expect(move(randomUUID())).rejects.toMatchObject(refused);
    await expect(move(vera)).rejects.toMatchObject(refused);
    const bruno = await addProfessional(clinic);
    expect((await move(bruno)).rowCount).toBe(2);
  });

  it('keeps professionals who have clients', async () => {
    await insert(one, ana);
    await expect(remove(one, ana)).rejects.toMatchObject(refused);
    await expect(
      one.query('update professionals set id = gen_random_uuid() where id = $1', [ana]),
    ).rejects.toMatchObject(refused);
    expect((await remove(one, await addProfessional(clinic))).rowCount).toBe(1);
  });

  it('keeps a professional whose first client is being made', async () => {
    await another.query('begin');
    await insert(another, ana);
    const removing = expect(remove(third, ana)).rejects.toMatchObject(refused);
    await untilItWaits();
    await another.query('commit');
    await removing;
    expect(await clientsOf(ana)).toBe(1);
  });

  it('refuses a client of a professional who is being taken away', async () => {
    await another.query('begin');
    await remove(another, ana);
    const making = expect(insert(third, ana)).rejects.toMatchObject(refused);
    await untilItWaits();
    await another.query('commit');
    await making;
    expect(await clientsOf(ana)).toBe(0);
  });

  it('takes nobody away where clients of others would not be seen', async () => {
    await one.query('begin isolation level repeatable read');
    await expect(remove(one, ana)).rejects.toMatchObject({ code: '0A000' });
    await one.query('rollback');
  });
});
