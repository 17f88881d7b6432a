import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { startSmtpSink, type SmtpSink } from '../../mail/testing/smtp-sink.ts';
import { bearer, type RawAnswer, type Send, sender, tally } from '../auth/testing/requests.ts';

describe('invitations', () => {
  let server: TestServer;
  let sink: SmtpSink;
  let send: Send;
  let database: pg.Client;

  beforeAll(async () => {
    sink = await startSmtpSink();
    server = await startTestServer({
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: String(sink.port),
      DEFAULT_FROM_EMAIL: 'Acolhe <ola@clinica.example>',
      PUBLIC_URL: 'https://clinica.example',
    });
    send = sender(server.address);
    database = new pg.Client(server.database.adminUrl);
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await server.stop();
    await sink.close();
  });

  const arrived = async (to: string, count = 1) => {
    await expect.poll(() => mailsTo(to).length, { timeout: 20_000, interval: 20 }).toBeGreaterThanOrEqual(count);
    return mailsTo(to);
  };
  const mailsTo = (to: string) => sink.received.filter(({ recipients }) => recipients.includes(to));

  async function signIn(email: string): Promise<SignedIn> {
    const before = mailsTo(email).length;
    await server.api('POST /auth/codes', { body: { email } });
    const code = /\d{6}/.exec((await arrived(email, before + 1)).at(-1)?.mail.subject ?? '')?.[0] ?? '';
    const { body } = await server.api('POST /auth/sessions', {
      body: { email, code, device: { id: randomUUID() }, transport: 'bearer' },
    });
    const { accessToken = '', refreshToken = '' } = body;
    const ids = { sessionId: body.session.id, professionalId: body.professional.id };
    return { api: bearer(server.address, accessToken), accessToken, refreshToken, ...ids };
  }
  const openClinic = async (domain: string) => {
    await server.createClinic(domain);
    return signIn(`ana@${domain}`);
  };
  const invite = (who: SignedIn, email: string, more: object = {}, headers: Record<string, string> = {}) =>
    send('POST', '/api/v1/professionals', {
      headers: { authorization: `Bearer ${who.accessToken}`, ...headers },
      body: { email, firstName: 'Dora', role: 'professional', ...more },
    });

  it('link to the configured address, whatever the headers of the request say', async () => {
    const ana = await openClinic('enderecos.test');
    const lies = {
      origin: 'https://evil.example',
      referer: 'https://evil.example/x',
      'x-forwarded-host': 'evil.example',
    };
    expect((await invite(ana, 'dora@enderecos.test', {}, lies)).status).toBe(201);
    const [mail] = await arrived('dora@enderecos.test');
    expect(mail?.source).not.toMatch(/evil/i);
    expect(mail?.mail.text).toContain('https://clinica.example/entrar e informe este e-mail: dora@enderecos.test');
  });

  it('show names as plain words, in one subject line, to one recipient', async () => {
    const ana = await openClinic('nomes.test');
    const bad = [
      'www.evil.example',
      'Ana <b>https://evil.example/phish</b>',
      'Ana\u202E\u2066 evil\u3002example',
      '=?utf-8?q?Ana?= bcc: outra@evil.example',
      '<script>alert(1)</script>',
    ];
    for (const [index, name] of bad.entries()) {
      await database.query(`update professionals set first_name = $1, last_name = null where id = $2`, [
        name,
        ana.professionalId,
      ]);
      await database.query(
        `update clinics set name = $1 where id = (select clinic_id from professionals where id = $2)`,
        [`${name}\r\nBcc: outra@evil.example`, ana.professionalId],
      );
      const to = `p${index}@nomes.test`;
      expect((await invite(ana, to, { firstName: `${name} ` })).status).toBe(201);
      const [mail] = await arrived(to);
      expect(mail?.recipients).toEqual([to]);
      expect(mail?.mail.headerLines.map(({ key }) => key)).not.toContain('bcc');
      expect(mail?.mail.from?.text).toBe('"Acolhe" <ola@clinica.example>');
      const whole = `${mail?.mail.subject ?? ''}\n${mail?.mail.text ?? ''}\n${String(mail?.mail.html)}`;
      expect(whole).not.toMatch(/evil\.|www\.|@evil|<script|<b>|\u202E/i);
      expect(mail?.mail.subject).toMatch(/ convidou você para [^\r\n]+$/);
      // The only address left is ours.
      expect([...new Set(whole.match(/https?:\/\/[^/\s"<]+/g))]).toEqual(['https://clinica.example']);
    }
  });

  it('answer alike whether the address is new, enters another clinic or did once', async () => {
    const [ana, other] = [await openClinic('uma.test'), await openClinic('outra.test')];
    await other.api('POST /professionals/{id}/deactivate', {
      params: { id: await idOf('carla@outra.test') },
      body: { reason: 'saiu' },
    });
    const shape = ({ status, body, headers }: RawAnswer) => ({
      status,
      body: { ...body, id: '', email: '' },
      etag: headers.get('etag'),
      names: [...headers.keys()].sort(),
    });
    const fresh = await invite(ana, 'nova@uma.test');
    expect(fresh.status).toBe(201);
    for (const email of ['bruno@outra.test', 'Carla@outra.test']) {
      const answer = await invite(ana, email, {}, { 'idempotency-key': email });
      expect(shape(answer)).toEqual(shape(fresh));
      expect(answer.body['email']).toBe(email);
      const again = await invite(ana, email, {}, { 'idempotency-key': email });
      expect(again.body).toEqual(answer.body);
      // In the same clinic, which lists everybody, the address counts as taken from now on.
      expect(tally([await invite(ana, email.toUpperCase())])).toEqual({ '409 duplicate_email': 1 });
      const one = await send('GET', `/api/v1/professionals/${String(answer.body['id'])}`, {
        headers: { authorization: `Bearer ${ana.accessToken}` },
      });
      expect(one.body).toEqual(answer.body);
    }
    const listed = await ana.api('GET /professionals');
    expect(listed.body.items.map(({ email }) => email)).toContain('bruno@outra.test');
    expect(JSON.stringify(listed.body)).not.toContain('invited.invalid');
    expect(tally([await invite(ana, 'nova@uma.test')])).toEqual({ '409 duplicate_email': 1 });
    // Only the owner of the address learns of it, and still signs in to the old clinic.
    const [mail] = await arrived('bruno@outra.test');
    expect(mail?.mail.text).toContain('já entra em outra clínica');
    expect(mail?.mail.text).not.toContain('Clínica outra.test');
    expect((await signIn('bruno@outra.test')).professionalId).toBe(await idOf('bruno@outra.test'));
  });

  const idOf = async (email: string) =>
    (await database.query<{ id: string }>(`select id from professionals where lower(email) = lower($1)`, [email]))
      .rows[0]?.id ?? '';

  it('can be sent again until the person first signs in', async () => {
    const [ana, other] = [await openClinic('espera.test'), await openClinic('espera2.test')];
    const { body: dora } = await ana.api('POST /professionals', {
      body: { email: 'dora@espera.test', firstName: 'Dora', role: 'reception' },
    });
    const again = (who: SignedIn, id: string) => who.api('POST /professionals/{id}/invitation', { params: { id } });
    const invited = async () => {
      const { body } = await ana.api('GET /professionals');
      return body.items.filter((person) => person.invited).map(({ firstName }) => firstName);
    };
    expect(dora.invited).toBe(true);
    expect(await invited()).toEqual(['Dora']);
    await arrived('dora@espera.test');
    expect((await again(ana, dora.id)).body).toEqual(dora);
    await arrived('dora@espera.test', 2);
    await expect(again(other, dora.id)).rejects.toMatchObject({ status: 404 });
    await signIn('dora@espera.test');
    expect(await invited()).toEqual([]);
    for (const id of [dora.id, ana.professionalId])
      await expect(again(ana, id)).rejects.toMatchObject({ status: 409, problem: { code: 'not_invited' } });
  });

  it('take alike long, whoever has the address', async () => {
    const [ana, other] = [await openClinic('tempo.test'), await openClinic('tempo2.test')];
    await database.query(
      `insert into professionals (clinic_id, email, first_name, role)
        select p.clinic_id, 'alvo' || n || '@tempo2.test', 'Alvo', 'professional'
        from generate_series(1, 15) as n, professionals p where p.id = $1`,
      [other.professionalId],
    );
    const times: Record<'held' | 'fresh', number[]> = { held: [], fresh: [] };
    for (let index = 1; index <= 9; index++)
      for (const [kind, email] of [
        ['held', `alvo${index}@tempo2.test`],
        ['fresh', `novo${index}@tempo.test`],
      ] as const) {
        const started = performance.now();
        expect((await invite(ana, email)).status).toBe(201);
        times[kind].push(performance.now() - started);
      }
    const middle = (all: number[]) => all.sort((a, b) => a - b)[4] ?? 0;
    expect(Math.abs(middle(times.held) - middle(times.fresh))).toBeLessThan(Math.max(25, middle(times.fresh)));
  });

  it('are twenty an hour for a person and forty a day for a clinic; what is refused leaves nothing behind', async () => {
    const [ana, calm] = [await openClinic('muitos.test'), await openClinic('calma.test')];
    // All at once: too many are refused, and others are served in the meantime.
    const burst = Promise.all(Array.from({ length: 80 }, (_, index) => invite(ana, `c${index}@muitos.test`)));
    const others = await Promise.all([1, 2, 3, 4].map(() => calm.api('GET /professionals')));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const all = await burst;
    // On a busy machine some may wait too long for their turn.
    while (all.filter(({ status }) => status === 201).length < 20)
      all.push(await invite(ana, `d${all.length}@muitos.test`));
    all.push(await invite(ana, 'e@muitos.test'));
    expect(tally(all)).toEqual({ '201': 20, '429 too_many_requests': all.length - 20 });
    const refused = all.at(-1);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(refused?.body.detail).toMatch(/A clínica enviou muitos convites/);
    expect((await ana.api('GET /professionals')).body.items).toHaveLength(23);

    await database.query(
      `update professionals set role = 'administrator' where email in ('bruno@muitos.test', 'carla@muitos.test')`,
    );
    const bruno = await signIn('bruno@muitos.test');
    const carla = await signIn('carla@muitos.test');
    // Replays and refusals are not counted.
    expect(tally([await invite(bruno, 'ana@muitos.test'), await invite(bruno, 'x')])).toEqual({
      '409 duplicate_email': 1,
      '422 invalid_request': 1,
    });
    const more: RawAnswer[] = [];
    for (let index = 0; index < 22; index++) more.push(await invite(bruno, `f${index}@muitos.test`));
    expect(tally(more)).toEqual({ '201': 20, '429 too_many_requests': 2 });
    expect((await invite(carla, 'g@muitos.test')).status).toBe(429);
    // Another clinic is not affected.
    expect((await invite(calm, 'e@calma.test')).status).toBe(201);
  });

  it('reach one address five times a day at most, whatever the clinics', { timeout: 90_000 }, async () => {
    // Mails of earlier tests need not be sent.
    await database.query('delete from graphile_worker._private_jobs where locked_at is null');
    const target = 'alvo@longe.test';
    const tellers: SignedIn[] = [];
    for (let index = 0; index < 7; index++) tellers.push(await openClinic(`cerco${index}.test`));
    for (const ana of tellers) expect((await invite(ana, target)).status).toBe(201);
    const waiting = `select from graphile_worker._private_jobs`;
    await expect.poll(async () => (await database.query(waiting)).rowCount, { timeout: 60_000, interval: 50 }).toBe(0);
    expect(mailsTo(target)).toHaveLength(5);
  });
});

it('a sign-in code arrives within five seconds while 400 invitations wait', { timeout: 90_000 }, async () => {
  // Each mail takes a while, as with a real server.
  const sink = await startSmtpSink({
    onMailFrom(_address, _session, done) {
      setTimeout(done, 100);
    },
  });
  const server = await startTestServer({
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: String(sink.port),
    PUBLIC_URL: 'https://clinica.example',
  });
  const database = new pg.Client(server.database.url);
  await database.connect();
  try {
    await server.createClinic('pressa.test');
    await database.query(`
      with people as (
        insert into professionals (clinic_id, email, first_name, role)
        select c.id, 'p' || n || '@pressa.test', 'P', 'reception' from clinics c, generate_series(1, 400) as n returning id
      )
      select graphile_worker.add_job('send_invitation', json_build_object('professionalId', p.id,
        'invitedBy', (select id from professionals where email = 'ana@pressa.test'), 'locale', 'pt-BR'),
        queue_name := 'invitations') from people p`);
    await expect.poll(() => sink.received.length, { timeout: 20_000 }).toBeGreaterThan(2);
    const started = performance.now();
    await server.api('POST /auth/codes', { body: { email: 'bruno@pressa.test' } });
    await expect
      .poll(() => sink.received.some(({ recipients }) => recipients.includes('bruno@pressa.test')), {
        timeout: 20_000,
        interval: 10,
      })
      .toBe(true);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(sink.received.length).toBeLessThan(350);
    await database.query(`delete from graphile_worker._private_jobs where locked_at is null`);
  } finally {
    await database.end();
    await server.stop();
    await sink.close();
  }
});
