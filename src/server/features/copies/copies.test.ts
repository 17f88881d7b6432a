import { createHash, randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { clientDataExport } from '../../../shared/contracts/clients.ts';
import { contributions } from '../../features.ts';
import { CopyArchive } from './archive.ts';
import { makeCopy } from './make-copy.ts';

let server: TestServer;
let db: pg.Client;
let ana: SignedIn;
let bruno: SignedIn;
let phones = 0;

beforeAll(async () => {
  server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '1000' });
  await server.createClinic('copia.test');
  ana = await server.signIn('ana@copia.test');
  bruno = await server.signIn('bruno@copia.test');
  db = new pg.Client(server.database.adminUrl);
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await server.stop();
});

const register = async (who: SignedIn, values: object = {}) =>
  (
    await who.api('POST /clients', {
      body: {
        firstName: 'Conceição',
        lastName: 'Araújo',
        phone: `119${String(80_000_000 + (phones += 1))}`,
        ...values,
      },
    })
  ).body.id;

const request = async (who: SignedIn, id: string, dataRequestId?: string) => {
  const body = dataRequestId === undefined ? {} : { dataRequestId };
  const answer = await who.api('POST /clients/{id}/copies', { params: { id }, body });
  expect(answer.status).toBe(202);
  return { ...answer.body, path: new URL(answer.body.url, server.address).pathname };
};

const open = (path: string, init: RequestInit = {}) =>
  fetch(`${server.address}${path}`, { redirect: 'manual', ...init });

const untilReady = (path: string) =>
  expect.poll(async () => (await open(path, { method: 'HEAD' })).status, { timeout: 60_000, interval: 1500 }).toBe(200);

/** The files of an archive, by name. */
async function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, opened) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  zip.setMaxListeners(0);
  const files = new Map<string, Buffer>();
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    const current = entry;
    const stream = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(current, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(error);
      });
    });
    files.set(entry.fileName, await buffer(stream));
  }
  return files;
}

const nextEntry = (zip: ZipFile): Promise<Entry | undefined> =>
  new Promise((resolve) => {
    zip.once('entry', resolve);
    zip.once('end', () => {
      resolve(undefined);
    });
    zip.readEntry();
  });

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface Manifest {
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly leftOut: readonly { readonly reason: string; readonly count: number; readonly law: string }[];
}

describe('a person’s copy of their data', () => {
  it('is a ZIP with JSON, PDF and a manifest with the hash of each, whose link works once', async () => {
    const council = { kind: 'CREFITO', number: '3/12345-F', state: 'SP' } as const;
    const specialty = 'Fisioterapia';
    await ana.api('PATCH /me', { headers: { 'if-match': '*' }, body: { council, specialty } });
    const id = await register(ana, { notes: 'Calo no pé esquerdo' });
    const { path, url, expiresAt } = await request(ana, id);
    expect(url).toMatch(/\/api\/v1\/copies\/[\w-]{43}\.zip$/);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 86_400_000);
    await untilReady(path);
    const answer = await open(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const archive = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(archive.length));
    const files = await unzip(archive);
    expect([...files.keys()]).toEqual(['dados.json', 'dados.pdf', 'manifest.json']);
    const manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest;
    for (const { name, bytes, sha256: hash } of manifest.files) {
      const content = files.get(name) ?? Buffer.alloc(0);
      expect([content.length, sha256(content)]).toEqual([bytes, hash]);
    }
    expect(manifest.files.map(({ name }) => name)).toEqual(['dados.json', 'dados.pdf']);
    const data = clientDataExport.parse(JSON.parse(String(files.get('dados.json'))));
    expect(data.client).toMatchObject({ id, lastName: 'Araújo', notes: 'Calo no pé esquerdo' });
    expect(data.professional).toEqual({ name: 'Ana', council, specialty });
    const pdf = files.get('dados.pdf') ?? Buffer.alloc(0);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toContain('FontFile2');
    expect((await open(path)).status).toBe(404);
    expect((await open(path, { method: 'HEAD' })).status).toBe(404);
    const actions = async () =>
      (
        await db.query<{ action: string }>(
          `select action from audit_events where record_id = $1 and action like 'copy%' order by at`,
          [id],
        )
      ).rows.map(({ action }) => action);
    await expect.poll(actions).toEqual(['copy_requested', 'copy_downloaded']);
    expect((await db.query('select from client_copy_parts')).rowCount).toBe(0);
  });

  it('is used up by somebody who hangs up with the last byte', async () => {
    const { path } = await request(ana, await register(ana));
    await untilReady(path);
    await new Promise<void>((resolve, reject) => {
      const asked = get(`${server.address}${path}`, (answer) => {
        let left = Number(answer.headers['content-length']);
        answer.on('data', (bytes: Buffer) => {
          left -= bytes.length;
          if (left === 0) asked.destroy();
        });
        answer.once('close', resolve);
      });
      asked.once('error', reject);
    });
    await sleep(500);
    expect((await open(path)).status).toBe(404);
  });

  it('keeps the link’s token nowhere', async () => {
    const { path } = await request(ana, await register(ana));
    const token = path.slice(-47, -4);
    for (const table of ['client_copies', 'audit_events', 'graphile_worker._private_jobs']) {
      const { rows } = await db.query<{ row: string }>(`select t::text as row from ${table} t`);
      expect(
        rows.filter(({ row }) => row.includes(token)),
        table,
      ).toEqual([]);
    }
  });

  it('is not used up by HEAD, by previews of messengers, or by a browser that has not pressed the button', async () => {
    const { path } = await request(ana, await register(ana));
    await untilReady(path);
    const agents = [
      'WhatsApp/2.24.1 A',
      'facebookexternalhit/1.1',
      'TelegramBot (like TwitterBot)',
      'Slackbot-LinkExpanding 1.0',
    ];
    for (const agent of agents) {
      const answer = await open(path, { headers: { 'user-agent': agent, accept: '*/*' } });
      expect(answer.status, agent).toBe(303);
      expect(answer.headers.get('location')).toContain('/copia/');
    }
    expect((await open(path, { headers: { accept: 'text/html,application/xhtml+xml' } })).status).toBe(303);
    expect((await open(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(303);
    expect((await open(path, { method: 'HEAD' })).status).toBe(200);
    const saved = await open(`${path}?save=1`, { headers: { accept: 'text/html' } });
    expect(saved.status).toBe(200);
    await saved.arrayBuffer();
    expect((await open(path)).status).toBe(404);
  });

  it('can be fetched again when the download broke off', async () => {
    const id = await register(ana);
    const { path } = await request(ana, id);
    await untilReady(path);
    // More than a connection holds at once.
    await db.query(
      `with copy as (select clinic_id, id from client_copies where client_id = $1)
       insert into client_copy_parts (clinic_id, copy_id, part, bytes)
       select clinic_id, id, part, decode(repeat('00', 1000000), 'hex') from copy, generate_series(1, 40) as part`,
      [id],
    );
    await db.query(`update client_copies set bytes = bytes + 40000000 where client_id = $1`, [id]);
    const stopping = new AbortController();
    const first = await open(path, { signal: stopping.signal });
    expect(first.status).toBe(200);
    expect((await open(path)).status, 'nobody else meanwhile').toBe(404);
    stopping.abort();
    await untilReady(path);
    const second = await open(path);
    expect((await second.arrayBuffer()).byteLength).toBeGreaterThan(40_000_000);
    await expect.poll(async () => (await open(path)).status).toBe(404);
  });

  it('leaves out and counts who somebody’s relatives are', async () => {
    const id = await register(ana);
    const relative = await register(ana, { firstName: 'Zulmira', lastName: 'Segredo' });
    await ana.api('POST /clients/{id}/relatives', { params: { id }, body: { clientId: relative, kind: 'sibling' } });
    const { path } = await request(ana, id);
    await untilReady(path);
    const files = await unzip(Buffer.from(await (await open(path)).arrayBuffer()));
    const manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest;
    expect(manifest.leftOut).toMatchObject([{ reason: 'third_parties', count: 1 }]);
    expect(manifest.leftOut[0]?.law).toContain('LGPD');
    expect(String(files.get('dados.json'))).not.toContain('Zulmira');
    expect(clientDataExport.parse(JSON.parse(String(files.get('dados.json')))).relatives).toMatchObject([
      { kind: 'sibling', name: null },
    ]);
  });

  it('is made in the name of whoever asked: not once the session is over, and not of a colleague’s client', async () => {
    const carla = await server.signIn('carla@copia.test');
    const own = await register(bruno);
    await expect(request(carla, own)).rejects.toMatchObject({ status: 403 });
    await expect(request(bruno, await register(ana))).rejects.toMatchObject({ status: 404 });
    const elsewhere = await server.signIn('bruno@copia.test', { id: 'outro-aparelho', name: 'Outro' });
    const { path } = await request(elsewhere, own);
    const { rows } = await db.query<{ id: string }>(`select id from client_copies where client_id = $1`, [own]);
    await untilReady(path);
    const copyId = rows[0]?.id ?? '';
    await db.query(`update client_copies set status = 'queued' where id = $1`, [copyId]);
    const me = (await elsewhere.api('GET /me')).body;
    const actor = {
      ...{ sessionId: elsewhere.sessionId, professionalId: elsewhere.professionalId, clinicId: me.clinic.id },
      ...{ role: 'professional' as const, requestId: 'x', address: '127.0.0.1' },
    };
    await elsewhere.api('DELETE /auth/sessions/current');
    const deps = { db: server.db, contributions, signal: new AbortController().signal };
    await makeCopy(deps, { copyId, actor });
    const after = await db.query(`select status from client_copies where id = $1`, [copyId]);
    expect(after.rows).toEqual([{ status: 'failed' }]);
    expect((await open(path)).status).toBe(404);
  });

  it('ends when it expires, when the client becomes anonymous, and for who does not know the token', async () => {
    const expired = await request(ana, await register(ana));
    const id = await register(ana);
    const anonymous = await request(ana, id);
    for (const { path } of [expired, anonymous]) await untilReady(path);
    await db.query(`update client_copies set expires_at = now() where client_id <> $1 and downloaded_at is null`, [id]);
    await ana.api('POST /clients/{id}/anonymize', { params: { id } });
    for (const { path } of [expired, anonymous]) expect((await open(path)).status).toBe(404);
    expect((await open('/api/v1/copies/x.zip')).status).toBe(404);
    expect((await open(`/api/v1/copies/${'x'.repeat(43)}.zip`)).status).toBe(404);
  });

  it('is proof of what was done, for the request that it answers', async () => {
    const id = await register(ana);
    const body = { clientId: id, kind: 'access', identifiedBy: 'RG visto no balcão' } as const;
    const { body: asked } = await ana.api('POST /data-requests', { body });
    const { path } = await request(ana, id, asked.id);
    await untilReady(path);
    await (await open(path)).arrayBuffer();
    const proofOf = async () => (await ana.api('GET /data-requests/{id}', { params: { id: asked.id } })).body.proof;
    await expect.poll(async () => (await proofOf())[0]?.downloadedAt ?? null).not.toBeNull();
    expect(await proofOf()).toMatchObject([{ kind: 'copy', by: { id: ana.professionalId } }]);
    await expect(request(ana, await register(ana), asked.id)).rejects.toMatchObject({ status: 422 });
  });

  it('takes bounded memory, however many entries and files there are', async () => {
    const id = await register(ana, { notes: 'x'.repeat(20_000) });
    const me = (await ana.api('GET /me')).body;
    await db.query(
      `insert into appointments (clinic_id, client_id, professional_id, visit_type, start_at, end_at, local_start, time_zone, status, notes)
       select $1, $2, $3, 'consulta', now() - make_interval(hours => n), now() - make_interval(hours => n) + interval '30 minutes',
         now() - make_interval(hours => n), 'America/Sao_Paulo', 'done', repeat('Evolução da lesão, sem dor à palpação. ', 40)
       from generate_series(1, 500) as n`,
      [me.clinic.id, id, ana.professionalId],
    );
    const megabyte = 1024 * 1024;
    const bytes = randomBytes(megabyte / 2);
    const files = async function* () {
      for (let number = 0; number < 200; number++) {
        await sleep(0);
        yield { name: `../foto ${String(number)}.jpg`, open: () => Promise.resolve(Readable.from([bytes])) };
      }
    };
    const { path } = await request(ana, id);
    await untilReady(path);
    const copyId = (await db.query<{ id: string }>(`select id from client_copies where client_id = $1`, [id])).rows[0]
      ?.id;
    await db.query(`update client_copies set status = 'queued' where id = $1`, [copyId]);
    const actor = {
      ...{ sessionId: ana.sessionId, professionalId: ana.professionalId, clinicId: me.clinic.id },
      ...{ role: 'administrator' as const, requestId: 'x', address: '127.0.0.1' },
    };
    const records = [...contributions.clientRecords, { files }];
    const deps = { db: server.db, contributions: { clientRecords: records }, signal: new AbortController().signal };
    const start = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - start);
    }, 20);
    await makeCopy(deps, { copyId: copyId ?? '', actor });
    clearInterval(watch);
    expect(most / megabyte).toBeLessThan(150);
    const archive = Buffer.from(await (await open(path)).arrayBuffer());
    const unpacked = await unzip(archive);
    expect(unpacked.size).toBe(203);
    expect([...unpacked.keys()].filter((name) => name.includes('..'))).toEqual([]);
    const manifest = JSON.parse(String(unpacked.get('manifest.json'))) as Manifest;
    for (const file of manifest.files) expect(file.sha256).toBe(sha256(unpacked.get(file.name) ?? Buffer.alloc(0)));
    const pages =
      unpacked
        .get('dados.pdf')
        ?.toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(50);
  }, 300_000);

  it('fails as a whole when a file cannot be read', async () => {
    const archive = new CopyArchive();
    const parts = Object.fromEntries(Object.keys(clientDataExport.shape).map((name) => [name, []]));
    const broken = async function* () {
      await sleep(0);
      yield { name: 'a.jpg', open: () => Promise.reject(new Error('gone')) };
    };
    const content = { open: () => parts as never, files: broken(), timeZone: 'UTC' };
    await expect(buffer(archive.write(content, contributions))).rejects.toThrow('gone');
  });
});
