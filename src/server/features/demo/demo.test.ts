import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { clientInput } from '../../../shared/contracts/clients.ts';
import { parseDocument } from '../../../shared/document.ts';
import { parsePhone } from '../../../shared/phone.ts';
import { createPool } from '../../db/pool.ts';
import { qb } from '../../db/query-builder.ts';
import { Database } from '../../db/transaction.ts';
import { makeDemoAppointments, makeDemoHours } from './agenda.ts';
import { writeClientBook } from './client-book.ts';
import { seedDemoClinic } from './service.ts';

describe('writeClientBook', () => {
  const book = writeClientBook(2026);

  it('is the same book each time', () => {
    expect(writeClientBook(2026)).toEqual(book);
  });

  it('holds about 200 people whose phones, documents and texts the API would take', () => {
    expect(book.length).toBeGreaterThan(180);
    expect(book.length).toBeLessThan(230);
    for (const client of book) {
      expect(parsePhone(client.phone ?? '')).toBe(client.phone);
      if (client.document !== undefined) expect(parseDocument(client.document)).toEqual({ value: client.document });
      const { first_name, last_name, email, date_of_birth, tags, notes, postal_code, state } = client;
      const input = { firstName: first_name, lastName: last_name, email, dateOfBirth: date_of_birth, tags, notes };
      expect(clientInput.safeParse({ ...input, address: { postalCode: postal_code, state } }).error).toBeUndefined();
    }
  });

  it('gives a document to one person only, and a phone to several only within a family', () => {
    const documents = book.flatMap(({ document }) => document ?? []);
    expect(new Set(documents).size).toBe(documents.length);
    const own = book.filter(({ phone_shared }) => phone_shared !== true).map(({ phone }) => phone);
    expect(new Set(own).size).toBe(own.length);
    expect(book.some(({ guardian_name }) => guardian_name !== undefined)).toBe(true);
  });

  it('leaves the documents and phones that examples are made of to whoever tries the product', () => {
    const taken = new Set(book.flatMap(({ phone, document }) => [phone, document]));
    const documents = ['52998224725', '11144477735', '12345678909', '01234567890', '39053344705'];
    const companies = ['12ABC34501DE35', '11222333000181', '11444777000161', '12345678000195', '98765432000198'];
    for (const famous of [...documents, ...companies, '+5511987654321', '+5511999999999', '+5511912345678'])
      expect(taken).not.toContain(famous);
  });
});

describe('makeDemoAppointments', () => {
  const agendas = [{ professionalId: 'ana', clientIds: ['a', 'b'] }];
  // A Sunday, at ten in the morning.
  const now = new Date('2026-11-29T13:00:00Z');
  const made = makeDemoAppointments(agendas, now, 'America/Sao_Paulo');

  it('has a day of today, whichever day it is, with people at every stage, and weeks around it', () => {
    expect(makeDemoHours(now, 'America/Sao_Paulo').exceptions.map(({ date }) => date)).toEqual(['2026-11-29']);
    const today = made.filter(({ startAt }) => startAt.toISOString().startsWith('2026-11-29'));
    expect(today.length).toBeGreaterThan(4);
    const open = new Set(['scheduled', 'confirmed', 'arrived', 'inProgress']);
    const past = made.filter(({ endAt }) => endAt < now);
    expect(past.filter(({ status }) => open.has(status)).length).toBeLessThan(past.length / 10);
    expect(made.filter(({ startAt }) => startAt > now).length).toBeGreaterThan(30);
    expect(made.some(({ startAt }) => startAt.toISOString().startsWith('2026-12-25'))).toBe(false);
  });
});

describe('seedDemoClinic', () => {
  let database: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new Database(createPool({ url: database.url, max: 5, idleSeconds: 10 }));
  });
  afterAll(async () => {
    await db.pool.end();
    await database.drop();
  });

  const count = (table: 'appointments' | 'clinics' | 'clients' | 'client_versions' | 'professionals') =>
    db.system(async (tx) => {
      const rows = await tx.run(qb.selectFrom(table).select((eb) => eb.fn.countAll<string>().as('count')));
      return Number(rows[0]?.count);
    });

  it('fills an empty database once, however many processes start at the same time', async () => {
    const filled = await Promise.all([1, 2, 3, 4].map(() => seedDemoClinic(db)));
    expect(filled.filter(Boolean)).toHaveLength(1);
    expect(await count('clinics')).toBe(1);
    expect(await count('professionals')).toBe(3);
    expect(await count('clients')).toBe(writeClientBook(2026).length);
    expect(await count('client_versions')).toBe(await count('clients'));
    expect(await count('appointments')).toBeGreaterThan(100);
  });

  it('leaves a database that has a clinic as it is', async () => {
    const before = await count('clients');
    expect(await seedDemoClinic(db)).toBe(false);
    expect(await count('clients')).toBe(before);
  });
});
