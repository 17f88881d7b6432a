import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { ApiError } from '../../../shared/api-client.ts';
import type { Anonymization } from '../../../shared/contracts/anonymizing.ts';
import { contributions } from '../../features.ts';
import { Ledger } from './ledger.ts';
import { repeatAnonymizations, writeDown } from './replay.ts';

let server: TestServer;
let db: pg.Client;
let domain = 0;

beforeAll(async () => {
  server = await startTestServer();
  db = new pg.Client(server.database.adminUrl);
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await server.stop();
});

/** A clinic with Ana, its administrator, and a client with nothing but a registration. */
async function openClinic() {
  const name = `anonimo${String((domain += 1))}.test`;
  await server.createClinic(name);
  const ana = await server.signIn(`ana@${name}`);
  return { name, ana };
}

const register = async (who: SignedIn, values: object = {}) =>
  (
    await who.api('POST /clients', {
      body: { firstName: 'Wanderleia', lastName: 'Quaresmeira', phone: '11987650000', ...values },
    })
  ).body.id;

const ask = async (who: SignedIn, id: string, body: { dryRun?: boolean; dataRequestId?: string } = {}) =>
  (await who.api('POST /clients/{id}/anonymize', { params: { id }, body })).body;

const preview = async (who: SignedIn, id: string) => (await ask(who, id, { dryRun: true })).anonymization;

const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? error.problem : undefined;
};

/** Moves whatever dates there are of a client's entries into the past, which only the database's superuser can. */
async function age(id: string, years: number): Promise<void> {
  await db.query(`set session_replication_role = replica`);
  await db.query(`update clients set created_at = created_at - make_interval(years => $2) where id = $1`, [id, years]);
  await db.query(`update client_versions set at = at - make_interval(years => $2) where client_id = $1`, [id, years]);
  await db.query(
    `update appointments set start_at = start_at - make_interval(years => $2), end_at = end_at - make_interval(years => $2)
     where client_id = $1`,
    [id, years],
  );
  await db.query(
    `update session_packages set updated_at = updated_at - make_interval(years => $2) where client_id = $1`,
    [id, years],
  );
  await db.query(`set session_replication_role = origin`);
}

type Rows = Map<string, Record<string, string>>;

/** Every row of every table, by table and key, each column as text. */
async function readDatabase(): Promise<Map<string, Rows>> {
  const { rows: tables } = await db.query<{ name: string; key: string }>(`
    select c.relname::text as name, (
      select string_agg(format('%I::text', a.attname), $$ || ' ' || $$ order by k.place)
      from pg_index i, unnest(i.indkey) with ordinality as k (number, place)
      join pg_attribute a on a.attnum = k.number where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as key
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
  const all = new Map<string, Rows>();
  for (const { name, key } of tables) {
    const { rows } = await db.query<{ key: string; row: Record<string, unknown> }>(
      `select ${key} as key, to_jsonb(t) as row from ${name} t`,
    );
    all.set(name, new Map(rows.map(({ key: id, row }) => [id, toTexts(row)])));
  }
  return all;
}

const toTexts = (row: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, JSON.stringify(value)]));

const isEmpty = (text: string | undefined): boolean => ['null', '[]', '{}', '""', undefined].includes(text);

/** What differs, table by table, in the form of the report. */
function compare(before: Map<string, Rows>, after: Map<string, Rows>) {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table) ?? new Map<string, Record<string, string>>();
    const columns = new Map<string, number>();
    let deleted = 0;
    for (const [key, row] of rows) {
      const next = now.get(key);
      if (next === undefined) deleted += 1;
      else
        for (const [column, value] of Object.entries(row))
          if (next[column] !== value) {
            const name = `${column} ${isEmpty(next[column]) ? 'emptied' : 'replaced'}`;
            columns.set(name, (columns.get(name) ?? 0) + 1);
          }
    }
    const added = [...now.keys()].filter((key) => !rows.has(key)).length;
    if (deleted + added + columns.size === 0) return [];
    return [{ table, deleted, added, columns: Object.fromEntries([...columns].sort()) }];
  });
}

const inThatForm = (goes: Anonymization['goes']) =>
  goes.map(({ table, deleted, added, columns }) => ({
    ...{ table, deleted, added },
    columns: Object.fromEntries(
      columns.map(({ column, becomes, rows }): [string, number] => [`${column} ${becomes}`, rows]).sort(),
    ),
  }));

/** Tables that change with any change of a client: sums, the trail, the sessions' last use, the act itself. */
const beside = new Set([
  ...['client_counts', 'client_count_changes', 'audit_events', 'audit_seals', 'device_sessions', 'rate_limits'],
  ...['client_anonymizations', 'client_words'],
]);
const byTable = <Item extends { readonly table: string }>(items: readonly Item[]) =>
  items.filter(({ table }) => !beside.has(table)).toSorted((one, other) => one.table.localeCompare(other.table));

/** A client with something in every table that the API fills. */
async function registerWhole(ana: SignedIn, secret: string): Promise<string> {
  const id = await register(ana, {
    ...{
      firstName: `${secret}nome`,
      lastName: `${secret}sobre`,
      email: `${secret}@segredo.test`,
      notes: `${secret} nota`,
    },
    ...{ tags: ['diabetes'], guardian: { name: `${secret}resp`, phone: '11987651111' } },
    ...{ address: { city: 'Santos', street: `${secret} rua` }, dateOfBirth: '1950-06-07', document: '52998224725' },
  });
  const params = { id };
  const other = await register(ana, { firstName: 'Outra', lastName: 'Pessoa', phone: '11987652222' });
  await ana.api('PATCH /clients/{id}', { params, headers: { 'if-match': '*' }, body: { profession: `${secret}prof` } });
  await ana.api('POST /clients/{id}/relatives', { params, body: { clientId: other, kind: 'sibling' } });
  await ana.api('PATCH /clients/{id}/reminders', { params, headers: { 'if-match': '*' }, body: { email: false } });
  await ana.api('POST /session-packages', { body: { clientId: id, total: 10, name: `${secret}pacote` } });
  await ana.api('POST /waiting-list', { body: { clientId: id, note: `${secret}espera` } });
  const request = { clientId: id, kind: 'deletion', identifiedBy: `${secret}rg` } as const;
  await ana.api('POST /data-requests', { body: request });
  await ana.api('POST /clients/{id}/copies', { params });
  const merged = await register(ana, { firstName: `${secret}dupla`, lastName: 'Dupla', phone: '11987653333' });
  await ana.api('POST /duplicates/merge', {
    body: { winnerId: id, loserId: merged, winnerEtag: '*', loserEtag: '*', fields: {} },
  });
  await insertAppointment(server, ana, {
    ...{ inMinutes: -600, client_id: id, status: 'done', notes: `${secret} dor`, title: `${secret} titulo` },
  });
  return id;
}

describe('anonymising', () => {
  it('does what its preview says, compared column by column over the whole database', async () => {
    const { ana } = await openClinic();
    const id = await registerWhole(ana, 'xqz');
    await age(id, 21);
    const countReady = async () =>
      (await db.query(`select from client_copies where client_id = $1 and status = 'ready'`, [id])).rowCount;
    await expect.poll(countReady, { timeout: 30_000 }).toBe(1);
    const start = await readDatabase();
    const told = await preview(ana, id);
    expect(byTable(compare(start, await readDatabase()))).toEqual([]);
    expect(told).toMatchObject({ state: 'preview', allowed: true, keepUntil: null, needsApproval: false });

    const before = await readDatabase();
    const { anonymization: done, ...client } = await ask(ana, id);
    const after = await readDatabase();
    expect(client).toMatchObject({ firstName: 'Cliente anonimizado', lastName: null, dateOfBirth: '1950-01-01' });
    expect(done).toMatchObject({ state: 'done', goes: told.goes, stays: told.stays });
    const changes = byTable(compare(before, after));
    expect(byTable(inThatForm(told.goes))).toEqual(changes);
    expect(changes.map(({ table }) => table)).toEqual(
      [
        'appointment_versions',
        'appointments',
        'client_copies',
        'client_copy_parts',
        'client_links',
        'client_versions',
      ].concat(['clients', 'data_requests', 'session_packages', 'waiting_wishes']),
    );
    // Nothing else than what the list of tables says.
    for (const { table, deleted, columns } of changes) {
      const { anonymize } = contributions.clientTables[table as keyof typeof contributions.clientTables] ?? {};
      expect(deleted > 0, table).toBe(anonymize === 'deleted');
      const declared = typeof anonymize === 'object' ? anonymize : {};
      const allowed = [
        ...(declared.emptied ?? []).map((column) => `${column} emptied`),
        ...[...(declared.replaced ?? []), ...(declared.emptied ?? [])].map((column) => `${column} replaced`),
        ...(declared.replaced ?? []).map((column) => `${column} emptied`),
      ];
      for (const column of Object.keys(columns)) expect(allowed, table).toContain(column);
    }
    const left = [...after].flatMap(([table, rows]) =>
      [...rows.values()].filter((row) => JSON.stringify(row).includes('xqz')).map(() => table),
    );
    expect(left, 'nothing that was written about the person is anywhere').toEqual([]);
    expect(await problemOf(ask(ana, id))).toMatchObject({ status: 409, code: 'already_anonymized' });
  });

  it('keeps clinical records for 20 years, agreements for the years of the clinic, and a registration alone not at all', async () => {
    const { ana } = await openClinic();
    const plain = await register(ana);
    expect(await preview(ana, plain)).toMatchObject({
      allowed: true,
      retention: [
        { part: 'clinical', entries: 0, keepUntil: null, over: true, law: 'Lei 13.787/2018, art. 6º' },
        { part: 'money', entries: 0, keepUntil: null, over: true, law: 'Código Civil, art. 206, § 5º, I' },
        { part: 'registration', keepUntil: null, over: true },
      ],
    });
    expect(await ask(ana, plain)).toMatchObject({ anonymous: true, anonymization: { state: 'done' } });

    const agreed = await register(ana);
    await ana.api('POST /session-packages', { body: { clientId: agreed, total: 4 } });
    const inYears = (years: number): string => {
      const day = new Date();
      day.setUTCFullYear(day.getUTCFullYear() + years);
      return day.toISOString().slice(0, 10);
    };
    expect(await problemOf(ask(ana, agreed))).toMatchObject({ code: 'retention_period', keepUntil: inYears(5) });
    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { moneyYears: 10 } });
    expect(await preview(ana, agreed)).toMatchObject({ allowed: false, keepUntil: inYears(10) });
    await age(agreed, 11);
    expect((await ask(ana, agreed)).anonymization.state).toBe('done');

    const treated = await register(ana, { notes: 'dor no pé' });
    expect(await problemOf(ask(ana, treated))).toMatchObject({ code: 'retention_period', keepUntil: inYears(20) });
    await age(treated, 21);
    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { keepsClinical: 'forever' } });
    expect(await problemOf(ask(ana, treated))).toMatchObject({ status: 409, code: 'kept_for_good' });
    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { keepsClinical: 'law' } });
    expect((await ask(ana, treated)).anonymization.state).toBe('done');
  });

  it('is said by the record and those merged into it; an archived one is not anonymous', async () => {
    const { ana } = await openClinic();
    const [id, loserId, archived] = [
      await register(ana),
      await register(ana, { phone: null }),
      await register(ana, { phone: null }),
    ];
    const merge = { winnerId: id, loserId, winnerEtag: '*', loserEtag: '*', fields: {} };
    await ana.api('POST /duplicates/merge', { body: merge });
    await ana.api('DELETE /clients/{id}', { params: { id: archived }, headers: { 'if-match': '*' } });
    expect((await ana.api('GET /clients/{id}', { params: { id } })).body.anonymous).toBe(false);
    await ask(ana, id);
    for (const [each, anonymous] of [
      [id, true],
      [loserId, true],
      [archived, false],
    ] as const)
      expect((await ana.api('GET /clients/{id}', { params: { id: each } })).body).toMatchObject({ anonymous });
  });

  it('refuses while the client is expected', async () => {
    const { ana } = await openClinic();
    const id = await register(ana);
    await insertAppointment(server, ana, { inMinutes: 600, client_id: id });
    expect(await preview(ana, id)).toMatchObject({ allowed: false, keepUntil: null });
    expect(await problemOf(ask(ana, id))).toMatchObject({ status: 409, code: 'client_has_appointments' });
  });

  it('takes two administrators where there are two: one asks, another one does it', async () => {
    const { ana, name } = await openClinic();
    const rita = { email: `rita@${name}`, firstName: 'Rita', role: 'administrator' as const };
    await ana.api('POST /professionals', { body: rita });
    const second = await server.signIn(rita.email);
    const id = await register(ana);
    const asked = await ask(ana, id);
    expect(asked).toMatchObject({ firstName: 'Wanderleia', anonymization: { state: 'asked', needsApproval: true } });
    expect((await ask(ana, id)).anonymization.state, 'asking twice is not approving').toBe('asked');
    await ana.api('DELETE /clients/{id}/anonymize', { params: { id } });
    expect((await ask(second, id)).anonymization).toMatchObject({ state: 'asked', askedBy: { name: 'Rita' } });
    expect(await preview(ana, id)).toMatchObject({ state: 'preview', askedBy: { name: 'Rita' } });
    expect(await ask(ana, id)).toMatchObject({
      firstName: 'Cliente anonimizado',
      anonymization: { state: 'done', askedBy: { name: 'Rita' } },
    });
    const { rows } = await db.query<{ action: string }>(
      `select action from audit_events where record_id = $1 and action like 'client_anonym%' order by at`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'client_anonymization_asked',
      'client_anonymization_withdrawn',
      'client_anonymization_asked',
      'client_anonymized',
    ]);
  });

  it('does not count what somebody asked for who is no administrator any more', async () => {
    const { ana, name } = await openClinic();
    for (const first of ['rita', 'sara'])
      await ana.api('POST /professionals', {
        body: { email: `${first}@${name}`, firstName: first, role: 'administrator' },
      });
    const rita = await server.signIn(`rita@${name}`);
    const id = await register(ana);
    await ask(rita, id);
    await ana.api('PATCH /professionals/{id}', {
      params: { id: rita.professionalId },
      headers: { 'if-match': '*' },
      body: { role: 'professional' },
    });
    expect((await ask(ana, id)).anonymization.state).toBe('asked');
  });

  it('is another clinic’s business only: its clients do not exist', async () => {
    const [one, other] = [await openClinic(), await openClinic()];
    const id = await register(one.ana);
    expect(await problemOf(ask(other.ana, id, { dryRun: true }))).toMatchObject({ status: 404 });
    expect(await problemOf(ask(other.ana, id))).toMatchObject({ status: 404 });
  });

  it('is done again when an older state comes back', async () => {
    const { ana } = await openClinic();
    const id = await register(ana, { firstName: 'Revenida' });
    const folder = join(process.env['TMPDIR'] ?? '/tmp', `acolhe-ledger-${id}`);
    await mkdir(folder);
    const deps = { db: server.db, contributions, ledger: new Ledger({ dataDir: folder }) };
    await ask(ana, id);
    await writeDown(deps);
    await writeDown(deps);
    expect((await deps.ledger.read()).filter((entry) => entry.clientId === id)).toHaveLength(1);
    // As it is in a database that was restored from a backup of before.
    await db.query(`delete from client_anonymizations where client_id = $1`, [id]);
    await db.query(`set session_replication_role = replica`);
    await db.query(
      `update clients set first_name = 'Revenida', last_name = 'Quaresmeira', archived_at = null where id = $1`,
      [id],
    );
    await db.query(`set session_replication_role = origin`);
    expect(await repeatAnonymizations(deps)).toBe(1);
    expect(await repeatAnonymizations(deps)).toBe(0);
    const { body } = await ana.api('GET /clients/{id}', { params: { id } });
    expect(body).toMatchObject({ firstName: 'Cliente anonimizado', lastName: null });
    expect(body.archivedAt).not.toBeNull();
    await rm(folder, { recursive: true });
  });
});
