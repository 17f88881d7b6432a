import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Belongings, email, type Parts, recipes } from '../../tests/support/role-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { contracts, type RouteKey } from '../shared/contracts/index.ts';
import { qb } from './db/query-builder.ts';
import { sql } from './db/sql.ts';
import type { Transaction } from './db/transaction.ts';

const actors = [
  ...(['administrator', 'professional', 'reception', 'nobody', 'other clinic', 'auditor'] as const),
  'administrator without clinical access',
] as const;
type ActorName = (typeof actors)[number];

const meanings = ['yes', 'own', 'forbidden', 'sign in', 'not found', 'apart', 'anyone'] as const;
type Meaning = (typeof meanings)[number];

/** The table of docs/roles.md: the answer that each actor gets from each operation. */
const table = new Map(
  readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [operation, ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const key = /^`(\w+ \/.*)`$/.exec(operation ?? '')?.[1];
      const [administrator = '', , , , , auditor = '', unclinical = ''] = cells;
      // A row that leaves the auditor out forbids them, as the code does.
      const all = [
        ...cells.slice(0, 5),
        auditor === '' ? 'forbidden' : auditor,
        unclinical === '' ? administrator : unclinical,
      ];
      return key === undefined ? [] : [[key, all as Meaning[]] as const];
    }),
);

describe('docs/roles.md', () => {
  let server: TestServer;
  let clinicId: string;
  let bestowed = 0;
  /** What a clinic has few of. */
  let furniture = { visitTypeId: '', roomId: '', covererId: '', consentTextId: '' };
  const people = new Map<ActorName, SignedIn>();
  const emails: Partial<Record<ActorName, string>> = {
    administrator: 'ana@papel.test',
    professional: 'bruno@papel.test',
    reception: 'carla@papel.test',
    'other clinic': 'ana@vizinha.test',
    auditor: 'olga@papel.test',
    'administrator without clinical access': 'nina@papel.test',
  };

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
    await server.createClinic('papel.test');
    await server.createClinic('vizinha.test');
    await server.db.system((tx) =>
      tx.run(
        sql`insert into professionals (clinic_id, email, first_name, role, clinical_denied)
          select clinic_id, added.* from professionals, (values
            ('olga@papel.test', 'Olga', 'auditor', false),
            ('nina@papel.test', 'Nina', 'administrator', true),
            ('davi@papel.test', 'Davi', 'professional', false)
          ) as added where email = 'ana@papel.test'`,
      ),
    );
    for (const [name, address] of Object.entries(emails)) people.set(name as ActorName, await server.signIn(address));
    clinicId = (await people.get('administrator')?.api('GET /me'))?.body.clinic.id ?? '';
    const room = await people.get('administrator')?.api('POST /rooms', { body: { name: 'Sala' } });
    const type = { key: 'prova', name: 'Prova', minutes: 30 };
    const visitType = await people.get('administrator')?.api('POST /visit-types', { body: type });
    const colleagues = await people.get('administrator')?.api('GET /professionals');
    const covererId = colleagues?.body.items.find(({ firstName }) => firstName === 'Davi')?.id ?? '';
    const text = { purpose: 'images', title: 'Uso de imagem', body: 'Autorizo.' } as const;
    const consentText = await people.get('administrator')?.api('POST /consent-texts', { body: text });
    furniture = {
      visitTypeId: visitType?.body.id ?? '',
      roomId: room?.body.id ?? '',
      covererId,
      consentTextId: consentText?.body.id ?? '',
    };
  });
  afterAll(() => server.stop());

  /** Creates one of everything that a person can own; for a new colleague unless an owner is given. */
  const bestow = (ownerId?: string): Promise<Belongings> =>
    server.db.system(async (tx) => {
      const clinic = { clinic_id: clinicId };
      const first = <Row>(rows: readonly Row[]): Row => {
        const [row] = rows;
        if (row === undefined) throw new Error('nothing was inserted');
        return row;
      };
      const person = { ...clinic, email: email(), first_name: 'Dora', role: 'professional' };
      const personId = ownerId ?? first(await tx.run(qb.insertInto('professionals').values(person).returning('id'))).id;
      const owner = { ...clinic, professional_id: personId };
      const session = { ...owner, device_key: randomUUID(), refresh_expires_at: new Date(Date.now() + 3_600_000) };
      const passkey = {
        ...owner,
        ...{ rp_id: 'localhost', credential_id: randomUUID(), public_key: Buffer.from('x'), counter: 0 },
        ...{ backed_up: false, name: 'Chave' },
      };
      const client = { ...owner, first_name: 'Cliente', last_name: randomUUID() };
      const insertClient = async (values = {}) =>
        first(
          await tx.run(
            qb
              .insertInto('clients')
              .values({ ...client, ...values })
              .returning('id'),
          ),
        ).id;
      const clientId = await insertClient();
      const secondClientId = await insertClient();
      const loserId = await insertClient({ archived_at: new Date(), merged_into: clientId });
      const merge = { winner_id: clientId, loser_id: loserId, winner_phone_shared: false, merged_by: personId };
      const [first_id = '', second_id = ''] = [clientId, loserId].sort();
      const dismissal = { ...clinic, first_id, second_id, dismissed_by: personId };
      const brought = {
        ...owner,
        ...{ created_by: personId, source: 'web', status: 'done', dry_run: false, on_conflict: 'skip' },
        ...{ file_name: 'lista.csv', file_bytes: 5, finished_at: new Date() },
        // Yesterday's, because they are more than a clinic may send in a day.
        created_at: new Date(Date.now() - 25 * 3_600_000),
      };
      const importId = first(await tx.run(qb.insertInto('imports').values(brought).returning('id'))).id;
      const link = {
        ...clinic,
        client_id: clientId,
        relative_id: secondClientId,
        kind: 'sibling',
        created_by: personId,
      };
      const linkId = first(await tx.run(qb.insertInto('client_links').values(link).returning('id'))).id;
      const part = { ...clinic, import_id: importId, part: 0, bytes: Buffer.from('nome\n') };
      await tx.run(qb.insertInto('import_files').values(part));
      const asked = { ...clinic, client_id: clientId, asked_by: personId };
      await tx.run(qb.insertInto('client_anonymizations').values(asked));
      const due = { kind: 'access', due_at: new Date(), created_by: personId };
      const dataRequest = { ...clinic, ...due, client_id: clientId };
      const sessionId = first(await tx.run(qb.insertInto('device_sessions').values(session).returning('id'))).id;
      const entry = { ...owner, reason: 'Chamado', ends_at: new Date(Date.now() + 3_600_000) };
      const device = { session_id: sessionId, endpoint: randomUUID(), p256dh: '', auth: '', server_key: '' };
      const subscription = { ...owner, ...device };
      // Long ago, because a person may open few in a day.
      const [begun, over] = [new Date(Date.now() - 180_000_000), new Date(Date.now() - 170_000_000)];
      const covering = {
        ...{ ...clinic, absent_id: personId, covering_id: furniture.covererId, named: false, reason: 'prova' },
        ...{ from_at: begun, until_at: over, created_by: personId },
      };
      const emergency = {
        ...{ ...owner, client_id: clientId, owner_id: personId, reason: 'prova' },
        ...{ opened_at: begun, expires_at: over },
      };
      return {
        ...(await bestowAgenda(tx, owner, clientId)),
        ...(await bestowLaw(tx, owner, clientId)),
        importId,
        linkId,
        personId,
        clientId,
        secondClientId,
        mergeId: first(
          await tx.run(
            qb
              .insertInto('client_merges')
              .values({ ...clinic, ...merge })
              .returning('id'),
          ),
        ).id,
        dismissalId: first(await tx.run(qb.insertInto('duplicate_dismissals').values(dismissal).returning('id'))).id,
        sessionId,
        coveringId: first(await tx.run(qb.insertInto('coverings').values(covering).returning('id'))).id,
        emergencyId: first(await tx.run(qb.insertInto('emergency_accesses').values(emergency).returning('id'))).id,
        dataRequestId: first(await tx.run(qb.insertInto('data_requests').values(dataRequest).returning('id'))).id,
        hostEntryId: first(await tx.run(qb.insertInto('host_entries').values(entry).returning('id'))).id,
        pushId: first(await tx.run(qb.insertInto('push_subscriptions').values(subscription).returning('id'))).id,
        passkeyId: first(await tx.run(qb.insertInto('passkeys').values(passkey).returning('id'))).id,
      };
    });

  /** A consent and an incident. */
  async function bestowLaw(
    tx: Transaction,
    { clinic_id, professional_id }: { readonly clinic_id: string; readonly professional_id: string },
    clientId: string,
  ) {
    const idOf = (rows: readonly { id: string }[]): string => rows[0]?.id ?? '';
    const { consentTextId } = furniture;
    const answer = { decision: 'given', given_by: 'client', means: 'paper', given_on: '2026-01-01' };
    const consent = { clinic_id, client_id: clientId, text_id: consentTextId, recorded_by: professional_id, ...answer };
    const window = { window_from: '2026-01-01T00:00:00Z', window_to: '2026-01-02T00:00:00Z', known_on: '2026-01-02' };
    const incident = {
      clinic_id,
      account_id: professional_id,
      description: 'x',
      created_by: professional_id,
      ...window,
    };
    return {
      consentId: idOf(await tx.run(qb.insertInto('consents').values(consent).returning('id'))),
      incidentId: idOf(await tx.run(qb.insertInto('incidents').values(incident).returning('id'))),
    };
  }

  /** An appointment, an absence, and what an agenda needs besides. */
  async function bestowAgenda(
    tx: Transaction,
    owner: { readonly clinic_id: string; readonly professional_id: string },
    clientId: string,
  ) {
    const { clinic_id } = owner;
    const start = new Date(Date.UTC(2035, 0, 1) + (bestowed += 1) * 3_600_000);
    const times = { start_at: start, end_at: new Date(start.getTime() + 1_800_000) };
    const appointment = { ...owner, ...times, client_id: clientId, visit_type: 'consulta', time_zone: 'UTC' };
    const idOf = (rows: readonly { id: string }[]): string => rows[0]?.id ?? '';
    const [appointments, absences, holidays] = await Promise.all([
      tx.run(
        qb
          .insertInto('appointments')
          .values({ ...appointment, local_start: start.toISOString() })
          .returning('id'),
      ),
      tx.run(
        qb
          .insertInto('time_off')
          .values({ ...owner, ...times })
          .returning('id'),
      ),
      tx.run(
        qb
          .insertInto('holidays')
          .values({ clinic_id, date: new Date(Date.UTC(2060, 0, bestowed)).toISOString(), name: 'Feriado' })
          .returning('id'),
      ),
    ]);
    const appointmentId = idOf(appointments);
    return {
      ...(await bestowPlanning(tx, owner, clientId, appointmentId)),
      ...{ appointmentId, timeOffId: idOf(absences), holidayId: idOf(holidays), ...furniture },
    };
  }

  /** A series that the appointment belongs to, a package, a wish, a calendar feed, two tags, a saved filter and a message. */
  async function bestowPlanning(
    tx: Transaction,
    owner: { readonly clinic_id: string; readonly professional_id: string },
    clientId: string,
    appointmentId: string,
  ) {
    const { clinic_id, professional_id } = owner;
    const client = { clinic_id, client_id: clientId, created_by: professional_id };
    const series = {
      ...{ ...client, professional_id, visit_type: 'consulta', time_zone: 'UTC', duration_minutes: 30 },
      ...{
        local_start: '2035-01-01T12:00',
        rule: '{"every":1,"unit":"week","count":1}',
        planned_through: '2035-01-01',
      },
    };
    const counting = { counts_late_cancel: false, counts_no_show: false, late_hours: 24 };
    const idOf = (rows: readonly { id: string }[]): string => rows[0]?.id ?? '';
    const feed = { ...owner, name: 'Agenda', content: 'initials', token_hash: randomUUID() };
    // A person has few feeds, and a clinic few messages.
    await tx.run(qb.deleteFrom('calendar_feeds').where('professional_id', '=', professional_id));
    await tx.run(qb.deleteFrom('message_templates').where('clinic_id', '=', clinic_id));
    const tag = (name = randomUUID()) => ({ clinic_id, key: name, name });
    const filter = { ...owner, name: randomUUID(), filters: '{}' };
    const template = { clinic_id, name: 'Lembrete', text: 'Olá' };
    const [made, packages, wishes, feeds, tags, filters, templates] = await Promise.all([
      tx.run(qb.insertInto('series').values(series).returning('id')),
      tx.run(
        qb
          .insertInto('session_packages')
          .values({ ...client, ...counting, total: 10 })
          .returning('id'),
      ),
      tx.run(qb.insertInto('waiting_wishes').values(client).returning('id')),
      tx.run(qb.insertInto('calendar_feeds').values(feed).returning('id')),
      tx.run(qb.insertInto('clinic_tags').values([tag(), tag()]).returning('id')),
      tx.run(qb.insertInto('saved_filters').values(filter).returning('id')),
      tx.run(qb.insertInto('message_templates').values(template).returning('id')),
    ]);
    const seriesId = idOf(made);
    await tx.run(qb.updateTable('appointments').set({ series_id: seriesId }).where('id', '=', appointmentId));
    const [tagId = '', secondTagId = ''] = tags.map(({ id }) => id);
    const planned = { seriesId, packageId: idOf(packages), wishId: idOf(wishes), feedId: idOf(feeds) };
    return { ...planned, tagId, secondTagId, filterId: idOf(filters), templateId: idOf(templates) };
  }

  async function ask(key: RouteKey, who: SignedIn | undefined, { params = {}, query = {}, body, form }: Parts) {
    const [method = '', path = ''] = key.split(' ');
    const stream = new AbortController();
    const response = await fetch(
      `${server.address}/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? randomUUID())}?${new URLSearchParams(query).toString()}`,
      {
        method,
        signal: stream.signal,
        headers: {
          'if-match': '*',
          // Forms are accepted only from our own page or with a bearer token.
          ...(form === undefined ? {} : { origin: server.address }),
          ...(who === undefined ? {} : { authorization: `Bearer ${who.accessToken}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? { body: form ?? null } : { body: JSON.stringify(body) }),
      },
    );
    if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      stream.abort();
      return { status: response.status, text: '' };
    }
    return { status: response.status, text: (await response.text()).replace(/"requestId":"[^"]*"/, '') };
  }

  const showsAnyOf = (text: string, records: Belongings) =>
    [records.clientId, records.secondClientId, records.sessionId, records.passkeyId, records.importId]
      .concat(
        records.appointmentId,
        records.timeOffId,
        records.seriesId,
        records.packageId,
        records.wishId,
        records.feedId,
        records.pushId,
        records.filterId,
        records.coveringId,
        records.emergencyId,
        records.dataRequestId,
        records.consentId,
        records.incidentId,
      )
      .some((id) => text.includes(id));

  it('has a row for every operation, and none besides', () => {
    expect([...table.keys()]).toEqual(Object.keys(contracts));
    for (const [key, cells] of table) {
      expect(cells, key).toHaveLength(actors.length);
      expect(meanings, key).toEqual(expect.arrayContaining(cells));
    }
  });

  it('leaves no operation to nobody but those that need no session', () => {
    for (const [key, cells] of table)
      expect(cells[3], key).toBe(contracts[key as RouteKey].access === 'public' ? 'anyone' : 'sign in');
  });

  const cells = [...table].flatMap(([key, row]) =>
    row.map((meaning, column) => [key as RouteKey, actors[column] ?? 'nobody', meaning] as const),
  );

  it.each(cells)('%s for %s: %s', async (key, actor, meaning) => {
    const recipe = recipes[key] ?? {};
    const takesIds = key.includes('{');
    if (takesIds && recipe.ask === undefined) throw new Error(`tell in this test how ${key} is asked`);
    const request = (target: Belongings) => recipe.ask?.(target) ?? {};
    const address = emails[actor];
    const who = recipe.ends === true && address !== undefined ? await server.signIn(address) : people.get(actor);
    const allowed = recipe.allowed ?? contracts[key].status;
    const colleague = await bestow();

    switch (meaning) {
      case 'anyone':
        expect((await ask(key, who, request(colleague))).status).toBe(allowed);
        break;
      case 'sign in':
        expect(await ask(key, who, request(colleague))).toMatchObject({
          status: 401,
          text: expect.stringContaining('"code":"unauthenticated"') as string,
        });
        break;
      case 'forbidden':
        expect((await ask(key, who, request(colleague))).status).toBe(403);
        if (actor === 'professional')
          expect((await ask(key, who, request(await bestow(who?.professionalId)))).status).toBe(403);
        break;
      case 'yes':
        expect((await ask(key, who, request(colleague))).status).toBe(allowed);
        break;
      case 'own': {
        const mine = await bestow(who?.professionalId);
        const answer = await ask(key, who, request(mine));
        expect(answer.status).toBe(allowed);
        expect(showsAnyOf(answer.text, colleague)).toBe(false);
        if (takesIds || recipe.colleagues !== undefined)
          expect((await ask(key, who, request(colleague))).status).toBe(recipe.colleagues ?? 404);
        break;
      }
      case 'not found': {
        const nobodys = {
          personId: randomUUID(),
          clientId: randomUUID(),
          secondClientId: randomUUID(),
          mergeId: randomUUID(),
          dismissalId: randomUUID(),
          sessionId: randomUUID(),
          passkeyId: randomUUID(),
          importId: randomUUID(),
          appointmentId: randomUUID(),
          timeOffId: randomUUID(),
          consentTextId: randomUUID(),
          consentId: randomUUID(),
          incidentId: randomUUID(),
          holidayId: randomUUID(),
          visitTypeId: randomUUID(),
          roomId: randomUUID(),
          seriesId: randomUUID(),
          packageId: randomUUID(),
          wishId: randomUUID(),
          linkId: randomUUID(),
          tagId: randomUUID(),
          secondTagId: randomUUID(),
          feedId: randomUUID(),
          pushId: randomUUID(),
          filterId: randomUUID(),
          templateId: randomUUID(),
          coveringId: randomUUID(),
          covererId: randomUUID(),
          emergencyId: randomUUID(),
          dataRequestId: randomUUID(),
          hostEntryId: randomUUID(),
        };
        const answer = await ask(key, who, request(colleague));
        expect(answer.status).toBe(404);
        expect(answer).toEqual(await ask(key, who, request(nobodys)));
        break;
      }
      case 'apart': {
        const answer = await ask(key, who, recipe.colleagues === undefined ? request(colleague) : {});
        if (recipe.colleagues === undefined) expect(answer.status).toBe(allowed);
        expect(showsAnyOf(answer.text, colleague)).toBe(false);
        expect(answer.text).not.toContain(clinicId);
        break;
      }
    }
  });

  it('shows lists of the whole clinic to those who see it whole', async () => {
    const { clientId, personId } = await bestow();
    for (const actor of ['administrator', 'reception'] as const) {
      const newest = await people.get(actor)?.api('GET /clients', { query: { sort: '-createdAt' } });
      expect(newest?.body.items.map(({ id }) => id)).toContain(clientId);
    }
    for (const actor of ['administrator', 'professional', 'reception'] as const)
      expect((await ask('GET /professionals', people.get(actor), {})).text).toContain(personId);
  });
});
