import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitForImport } from '../../tests/support/import-file.ts';
import { describeAnswer } from '../../tests/support/described-answer.ts';
import { asSuperuser, cpf } from '../../tests/support/merge-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';

interface Asked {
  readonly as?: SignedIn;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text and forms as they are. */
  readonly body?: unknown;
}

describe('what a program and a person are told of an error', () => {
  let server: TestServer;
  let people: { readonly ana: SignedIn; readonly bruno: SignedIn; readonly carla: SignedIn };
  let domain: string;
  let clinics = 0;
  let told: string[] = [];

  beforeAll(async () => {
    server = await startTestServer({ TRUSTED_PROXY_HOPS: '1' });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    told = [];
    domain = `erros${String((clinics += 1))}.test`;
    await server.createClinic(domain);
    const [ana, bruno, carla] = [
      await server.signIn(`ana@${domain}`),
      await server.signIn(`bruno@${domain}`),
      await server.signIn(`carla@${domain}`),
    ];
    people = { ana, bruno, carla };
  });

  async function send(request: string, language: string, { as, headers, body }: Asked): Promise<Response> {
    const [method = '', path = ''] = request.split(' ');
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Blob || body instanceof FormData;
    return fetch(`${server.address}/api/v1${path}`, {
      method,
      headers: {
        'accept-language': language,
        'x-forwarded-for': `198.18.${String(clinics)}.1`,
        ...(as === undefined ? {} : { authorization: `Bearer ${as.accessToken}` }),
        ...(isRaw && typeof body !== 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
    });
  }

  /** Asks in both languages, and notes the answers as they came. */
  async function tell(title: string, request: string, asked: Asked = {}): Promise<void> {
    const answers = [];
    for (const language of ['pt-BR', 'en']) {
      const answer = await send(request, language, asked);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      answers.push(await describeAnswer(answer));
    }
    const [portuguese = '', english = ''] = answers;
    const headOf = (text: string) => text.split('\n').slice(0, -1).join('\n');
    expect(headOf(english)).toBe(headOf(portuguese));
    told.push(`# ${title}\n${portuguese}\n${english.split('\n').at(-1) ?? ''}\n`);
  }

  const compare = (name: string) => expect(told.join('\n')).toMatchFileSnapshot(`error-answers/${name}.txt`);

  const idOf = async (answer: Promise<Response>): Promise<string> =>
    ((await (await answer).json()) as { id: string }).id;
  const create = (as: SignedIn, body: unknown): Promise<string> => idOf(send('POST /clients', 'pt-BR', { as, body }));
  /** As if that limit had been asked for often enough. */
  const useUp = (limit: string) =>
    asSuperuser(server, 'update rate_limits set points = 2000000000 where key like $1', [`${limit}/%`]);
  const any = { 'if-match': '*' };
  const old = { 'if-match': '"9"' };

  it('by any request', async () => {
    const { ana } = people;
    await tell('nobody', 'GET /clients');
    await tell('a credential of another kind', 'GET /clients', { headers: { authorization: 'Basic eA==' } });
    await tell('a token that is none', 'GET /clients', { headers: { authorization: 'Bearer x' } });
    await tell('a path that names nothing', 'GET /nothing', { as: ana });
    await tell('another method', 'PUT /clients', { as: ana });
    await tell('what is no JSON', 'POST /clients', { as: ana, body: '{' });
    await tell('a name twice', 'POST /clients', { as: ana, body: '{"firstName":"A","firstName":"B"}' });
    await tell('another type', 'POST /clients', { as: ana, body: 'x', headers: { 'content-type': 'text/plain' } });
    await tell('another origin', 'POST /clients', {
      body: {},
      headers: { cookie: 'x=y', origin: 'https://evil.example' },
    });
    const unknown = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`field${String(index)}`, 1]));
    await tell('many wrong fields', 'POST /clients', { as: ana, body: unknown });
    await tell('a text too long', 'POST /clients', { as: ana, body: { firstName: 'x'.repeat(300) } });
    await server.api('DELETE /auth/sessions/current', { headers: { authorization: `Bearer ${ana.accessToken}` } });
    await tell('a session that was ended', 'GET /me', { as: ana });
    await compare('requests');
  });

  it('by clients', async () => {
    const { ana, bruno, carla } = people;
    const phone = '11987650001';
    const id = await create(ana, { firstName: 'Rosa', lastName: 'Lima', phone, document: cpf.first });
    const other = await create(ana, { firstName: 'Ivo' });
    await tell('nobody has the id', `GET /clients/${randomUUID()}`, { as: ana });
    await tell('an id that cannot be', 'GET /clients/x', { as: ana });
    await tell("a colleague's client", `GET /clients/${id}`, { as: bruno });
    await tell('an export by a professional', 'GET /clients/export.csv', { as: carla });
    await tell('clinical data from reception', `PATCH /clients/${id}`, {
      as: carla,
      headers: any,
      body: { notes: 'x' },
    });
    await tell('no owner', 'POST /clients', { as: carla, body: { firstName: 'Lia' } });
    await tell('an owner who is none', 'POST /clients', {
      as: ana,
      body: { firstName: 'Lia', professionalId: randomUUID() },
    });
    await tell('a change to an owner who is none', `PATCH /clients/${id}`, {
      as: ana,
      headers: any,
      body: { professionalId: randomUUID() },
    });
    await tell('a phone taken', 'POST /clients', { as: ana, body: { firstName: 'Lia', phone } });
    await tell("a phone taken by a colleague's", 'POST /clients', { as: bruno, body: { firstName: 'Lia', phone } });
    await tell('a document taken', `PATCH /clients/${other}`, {
      as: ana,
      headers: any,
      body: { document: cpf.first },
    });
    await tell('an old version', `PATCH /clients/${id}`, { as: ana, headers: old, body: { firstName: 'Rose' } });
    await tell('no version', `PATCH /clients/${id}`, { as: ana, body: { firstName: 'Rose' } });
    await tell('an old version to archive', `DELETE /clients/${id}`, { as: ana, headers: old });
    const key = { 'idempotency-key': randomUUID() };
    await send('POST /clients', 'pt-BR', { as: ana, headers: key, body: { firstName: 'Lia' } });
    await tell('a key for other data', 'POST /clients', { as: ana, headers: key, body: { firstName: 'Leo' } });
    await tell('a key that is none', 'POST /clients', {
      as: ana,
      headers: { 'idempotency-key': 'a b' },
      body: { firstName: 'Leo' },
    });
    await tell('a cursor of nothing', 'GET /clients?cursor=x', { as: ana });
    await tell('a cursor of no history', `GET /clients/${id}/history?cursor=x`, { as: ana });
    await tell('the history of nobody', `GET /clients/${randomUUID()}/history`, { as: ana });
    const treated = { params: { id }, headers: { 'if-match': '*' }, body: { notes: 'Calo' } };
    await ana.api('PATCH /clients/{id}', treated);
    await tell('a client who must be kept', `POST /clients/${id}/anonymize`, { as: ana });
    await tell('anonymising by a professional', `POST /clients/${id}/anonymize`, { as: bruno });
    await tell('a copy through reception', `GET /clients/${id}/data-export`, { as: carla });
    await tell('a contact of nobody', `GET /clients/${randomUUID()}/vcard`, { as: ana });
    await compare('clients');
  });

  it('by duplicates', async () => {
    const { ana, carla } = people;
    const [winnerId, loserId] = [await create(ana, { firstName: 'Rosa' }), await create(ana, { firstName: 'Rosa M' })];
    const merge = { winnerId, loserId, winnerEtag: '*', loserEtag: '*' };
    await tell('one with itself', 'POST /duplicates/merge', { as: ana, body: { ...merge, loserId: winnerId } });
    await tell('a clinical field by reception', 'POST /duplicates/merge', {
      as: carla,
      body: { ...merge, fields: { notes: 'loser' } },
    });
    await tell('an old version', 'POST /duplicates/merge', { as: ana, body: { ...merge, loserEtag: '"9"' } });
    await tell('nobody', 'POST /duplicates/merge', { as: ana, body: { ...merge, loserId: randomUUID() } });
    await tell('one and the same', 'POST /duplicates/dismissals', {
      as: ana,
      body: { clientIds: [winnerId, winnerId] },
    });
    await tell('a pair of nobody', 'POST /duplicates/dismissals', {
      as: ana,
      body: { clientIds: [winnerId, randomUUID()] },
    });
    await tell('no dismissal', `DELETE /duplicates/dismissals/${randomUUID()}`, { as: ana });
    await tell('a cursor of nothing', 'GET /duplicates?cursor=x', { as: ana });
    const merged = (await (await send('POST /duplicates/merge', 'pt-BR', { as: ana, body: merge })).json()) as {
      merge: { id: string };
    };
    await tell('an archived one', 'POST /duplicates/merge', { as: ana, body: merge });
    await tell('no merge', `POST /duplicates/merges/${randomUUID()}/undo`, { as: ana });
    await asSuperuser(server, `update client_merges set merged_at = now() - interval '40 days' where id = $1`, [
      merged.merge.id,
    ]);
    await tell('a merge long ago', `POST /duplicates/merges/${merged.merge.id}/undo`, { as: ana });
    await asSuperuser(server, 'update client_merges set merged_at = now() where id = $1', [merged.merge.id]);
    await send(`POST /duplicates/merges/${merged.merge.id}/undo`, 'pt-BR', { as: ana });
    await tell('a merge undone already', `POST /duplicates/merges/${merged.merge.id}/undo`, { as: ana });
    await compare('duplicates');
  });

  it('by professionals', async () => {
    const { ana, bruno } = people;
    const invite = (local: string) => ({ email: `${local}@${domain}`, firstName: 'Davi', role: 'professional' });
    await tell('an invitation by a professional', 'POST /professionals', { as: bruno, body: invite('davi') });
    await tell('an address of the clinic', 'POST /professionals', { as: ana, body: invite('bruno') });
    await tell('nobody', `GET /professionals/${randomUUID()}`, { as: ana });
    await tell('a change of nobody', `PATCH /professionals/${randomUUID()}`, { as: ana, headers: any, body: {} });
    await tell('an old version', `PATCH /professionals/${bruno.professionalId}`, { as: ana, headers: old, body: {} });
    await tell('the last administrator', `PATCH /professionals/${ana.professionalId}`, {
      as: ana,
      headers: any,
      body: { role: 'professional' },
    });
    await tell('the last administrator leaves', `POST /professionals/${ana.professionalId}/deactivate`, {
      as: ana,
      body: { reason: 'saiu' },
    });
    await tell('an heir who is none', `POST /professionals/${bruno.professionalId}/deactivate`, {
      as: ana,
      body: { reason: 'saiu', transferTo: randomUUID() },
    });
    await tell('an old version of oneself', 'PATCH /me', { as: ana, headers: old, body: { firstName: 'Ana' } });
    await tell('a cursor of nothing', 'GET /professionals?cursor=x', { as: ana });
    await send('POST /professionals', 'pt-BR', { as: ana, body: invite('davi') });
    await useUp('invitations-clinic-day');
    await tell('an invitation too many', 'POST /professionals', { as: ana, body: invite('eva') });
    await compare('professionals');
  });

  it('by signing in', async () => {
    const { ana, bruno } = people;
    const device = { id: randomUUID() };
    const from = { 'x-forwarded-for': '198.19.1.1' };
    const enter = (email: string, code: string) => ({ email: `${email}@${domain}`, code, device, transport: 'bearer' });
    await tell('a wrong code', 'POST /auth/sessions', { headers: from, body: enter('ana', '000000') });
    await tell('a code that cannot be', 'POST /auth/sessions', { headers: from, body: enter('ana', 'x') });
    await send('POST /auth/sessions', 'pt-BR', { headers: from, body: enter('ana', '000001') });
    await send('POST /auth/sessions', 'pt-BR', { headers: from, body: enter('ana', '000001') });
    await send('POST /auth/sessions', 'pt-BR', { headers: from, body: enter('ana', '000001') });
    await tell('guesses too many', 'POST /auth/sessions', { headers: from, body: enter('ana', '000002') });
    await tell('a wrong link', 'POST /auth/link-sessions', {
      headers: from,
      body: { email: `ana@${domain}`, secret: 'x'.repeat(43), device, transport: 'bearer' },
    });
    await tell('no refresh token', 'POST /auth/refresh', { headers: from, body: {} });
    await tell('a refresh token that is none', 'POST /auth/refresh', { headers: from, body: { refreshToken: 'x' } });
    const ask = { headers: { 'x-forwarded-for': '198.19.1.2' }, body: { email: `nobody@${domain}` } };
    await send('POST /auth/codes', 'pt-BR', ask);
    await useUp('codes-address-minute');
    await tell('codes too many', 'POST /auth/codes', ask);
    await asSuperuser(server, 'delete from rate_limits', []);
    await tell("no session of one's own", `DELETE /auth/sessions/${randomUUID()}`, { as: ana });
    await tell('no session to rename', `PATCH /auth/sessions/${randomUUID()}`, { as: ana, body: { deviceName: 'x' } });
    await tell("a colleague's devices", `GET /professionals/${ana.professionalId}/sessions`, { as: bruno });
    await tell('devices of nobody', `GET /professionals/${randomUUID()}/sessions`, { as: ana });
    await tell('no passkey', `DELETE /auth/passkeys/${randomUUID()}`, { as: ana });
    await tell('a cursor of nothing', 'GET /auth/sessions?cursor=x', { as: ana });
    await compare('sign-in');
  });

  it('by imports', async () => {
    const { ana, bruno, carla } = people;
    const form = (fields: Readonly<Record<string, string>>, name: string | null = 'lista.csv', part = 'file') => {
      const made = new FormData();
      for (const [field, value] of Object.entries(fields)) made.set(field, value);
      if (name !== null) made.set(part, new Blob(['nome\nAna\n']), name);
      return made;
    };
    await tell('a file from reception', 'POST /imports', { as: carla, body: form({}) });
    await tell('no file', 'POST /imports', { as: ana, body: form({ dryRun: 'true' }, null) });
    await tell('a file without a name', 'POST /imports', { as: ana, body: form({}, ' /') });
    await tell('a file in another field', 'POST /imports', { as: ana, body: form({}, 'x.csv', 'other') });
    await tell('a field that is none', 'POST /imports', { as: ana, body: form({ other: 'x' }) });
    await tell('what is no form', 'POST /imports', { as: ana, body: {} });
    await tell("a colleague's clients", 'POST /imports', {
      as: bruno,
      body: form({ professionalId: ana.professionalId }),
    });
    await tell('an owner who is none', 'POST /imports', { as: ana, body: form({ professionalId: randomUUID() }) });
    await tell('no import', `GET /imports/${randomUUID()}`, { as: ana });
    await tell('imports for reception', 'GET /imports', { as: carla });
    await tell('a cursor of nothing', 'GET /imports?cursor=x', { as: ana });
    const id = await idOf(send('POST /imports', 'pt-BR', { as: ana, body: form({ dryRun: 'true' }) }));
    await waitForImport(ana, id);
    await tell('a dry run has nothing to undo', `POST /imports/${id}/undo`, { as: ana });
    await asSuperuser(server, 'delete from import_files where import_id = $1', [id]);
    await tell('a file that is gone', `POST /imports/${id}/repeat`, { as: ana, body: {} });
    const have = async (count: number, status: string, bytes: number) => {
      await asSuperuser(server, 'delete from import_files', []);
      await asSuperuser(server, 'delete from imports where created_by = $1', [ana.professionalId]);
      await asSuperuser(
        server,
        `with made as (
           insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, status, file_bytes, created_at)
           select clinic_id, id, id, 'web', true, 'skip', $1, $2, now() - interval '23 hours'
           from professionals, generate_series(1, $3::int) where id = $4
           returning clinic_id, id
         )
         insert into import_files (clinic_id, import_id, part, bytes) select clinic_id, id, 0, '\\x61' from made`,
        [status, bytes, count, ana.professionalId],
      );
    };
    await have(1, 'done', 1024 ** 3);
    await tell('files that are kept', 'POST /imports', { as: ana, body: form({}) });
    await have(100, 'done', 1);
    await tell('files of a day', 'POST /imports', { as: ana, body: form({}) });
    await have(20, 'queued', 1);
    await tell('imports in line', 'POST /imports', { as: ana, body: form({}) });
    await compare('imports');
  });

  it('by the agenda', async () => {
    const { ana, bruno, carla } = people;
    const clientId = await create(ana, { firstName: 'Rosa', professionalId: bruno.professionalId });
    const other = await create(ana, { firstName: 'Ivo', professionalId: bruno.professionalId });
    const visit = { professionalId: bruno.professionalId, visitType: 'consulta', localStart: '2031-03-03T10:00' };
    const wanted = { ...visit, clientId: other };
    const id = await idOf(send('POST /appointments', 'pt-BR', { as: ana, body: { ...visit, clientId } }));
    await tell('a time that is taken', 'POST /appointments', { as: carla, body: wanted });
    await tell('a client who is elsewhere', 'POST /appointments', {
      as: carla,
      body: { ...visit, clientId, professionalId: ana.professionalId },
    });
    await tell('a client of nobody', 'POST /appointments', { as: ana, body: { ...wanted, clientId: randomUUID() } });
    await tell("a colleague's agenda", 'POST /appointments', {
      as: bruno,
      body: { ...wanted, professionalId: ana.professionalId },
    });
    await tell('notes from reception', 'POST /appointments', { as: carla, body: { ...wanted, notes: 'x' } });
    await tell('a time that cannot be', 'POST /appointments', { as: ana, body: { ...wanted, localStart: 'x' } });
    await tell('no such kind of visit', 'POST /appointments', { as: ana, body: { ...wanted, visitType: 'nenhum' } });
    await tell('an old version', `PATCH /appointments/${id}`, { as: ana, headers: old, body: { title: 'x' } });
    await tell('a state that does not follow', `POST /appointments/${id}/transitions`, {
      as: ana,
      body: { to: 'scheduled' },
    });
    await tell('no appointment', `GET /appointments/${randomUUID()}`, { as: ana });
    await tell('a day that would be left', 'POST /appointments/shift', {
      as: ana,
      body: { professionalId: bruno.professionalId, from: '2031-03-03T08:00', minutes: -660 },
    });
    await tell('a window too long', 'GET /availability?from=2031-01-01&to=2031-12-31', { as: ana });
    await tell('a client who is still to come', `DELETE /clients/${clientId}`, { as: ana, headers: any });
    await tell('a series in the way of another appointment', 'POST /series', {
      as: ana,
      body: { ...wanted, rule: { every: 1, unit: 'week', count: 2 } },
    });
    const packageBody = { clientId: other, total: 1 };
    const packageId = await idOf(send('POST /session-packages', 'pt-BR', { as: ana, body: packageBody }));
    const ofPackage = { ...wanted, packageId };
    await send('POST /appointments', 'pt-BR', { as: ana, body: { ...ofPackage, localStart: '2031-03-04T10:00' } });
    await tell('a package that is used up', 'POST /appointments', {
      as: ana,
      body: { ...ofPackage, localStart: '2031-03-05T10:00' },
    });
    const gone = await create(ana, { firstName: 'Lia' });
    await send(`DELETE /clients/${gone}`, 'pt-BR', { as: ana, headers: any });
    await tell('a client in the archive', 'POST /appointments', { as: ana, body: { ...wanted, clientId: gone } });
    await send('PATCH /clinic', 'pt-BR', { as: ana, headers: any, body: { overlap: 'forbid' } });
    await tell('an encaixe where none is allowed', 'POST /appointments', {
      as: carla,
      body: { ...wanted, overlap: { reason: 'dor' } },
    });
    await tell('a link of nobody', 'GET /public/confirmations/x');
    await tell('a device at an address that is none', 'POST /push-subscriptions', {
      as: bruno,
      body: { endpoint: 'x', keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) }, serverKey: 'A'.repeat(87) },
    });
    await compare('agenda');
  });
});
