import { once } from 'node:events';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasDjango, startDjango } from '../../../tests/support/django_remote/start-django.ts';
import { createSelfSigned } from '../../server/mail/testing/self-signed.ts';
import { setUpImporting, parseResult } from '../testing/remote-import.ts';

const { importFrom, opened } = setUpImporting();

const people = Array.from({ length: 230 }, (_, index) => ({
  first_name: `Cliente ${String(index)}`,
  last_name: 'Silva',
  email: `cliente${String(index)}@example.com`,
  phone: `119${String(80_000_000 + index)}`,
  address: 'Rua das Flores',
  address_number: '10',
  neighborhood: 'Centro',
  city: 'São Paulo',
  state: 'SP',
  postal_code: '01310-100',
  profession: 'Professora',
  date_of_birth: '1985-02-28',
  footwear_used: 'tênis',
  takes_medication: index % 2 === 0,
}));

// Needs Debian's python3-django, python3-djangorestframework and python3-djangorestframework-simplejwt.
describe.skipIf(!hasDjango)('from the earlier Django system', () => {
  const email = 'dona@antigo.example';

  it('sends a code, says how to hand it over, and then reads page by page', async () => {
    const clients = [...people, { first_name: 'Sem', last_name: 'Telefone', phone: '123', state: 'XX' }];
    const django = await startDjango({ clients, root: 'register/', pageSize: 50, full: true, devices: false });
    try {
      const first = await importFrom(django.address, ['--email', email]);
      expect(first).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('ACOLHE_REMOTE_OTP') as string,
      });
      const code = django.code() ?? '';
      expect(code).toMatch(/^\d{6}$/);

      const rejected = join(await mkdtemp(join(tmpdir(), 'acolhe-rejected-')), 'rejected.csv');
      const run = await importFrom(`${django.address}/register/`, ['--email', email, '--rejected', rejected], {
        ACOLHE_REMOTE_OTP: code,
      });
      const result = parseResult(run);
      expect(result).toMatchObject({ total: 231, created: 230, rejected: 1 });
      expect(result.problems.map(({ line, value }) => [line, value])).toEqual([
        [231, '123'],
        [231, 'XX'],
      ]);
      expect(run.stdout + run.stderr).not.toContain(code);
      expect((await stat(rejected)).mode & 0o777).toBe(0o600);
      expect(await readFile(rejected, 'utf8')).toContain('Telefone');

      const { body } = await opened().bruno.api('GET /clients', { query: { q: 'cliente7@example.com' } });
      const { body: card } = await opened().bruno.api('GET /clients/{id}', { params: { id: body.items[0]?.id ?? '' } });
      expect(card).toMatchObject({
        firstName: 'Cliente 7',
        phone: '+5511980000007',
        dateOfBirth: '1985-02-28',
        address: { street: 'Rua das Flores', number: '10', postalCode: '01310100', state: 'SP' },
        extra: { footwear_used: 'tênis', takes_medication: 'false' },
      });
      expect(Object.keys(card.extra ?? {})).toHaveLength(2);

      const used = await importFrom(django.address, ['--email', email, '--otp', code]);
      expect(used).toMatchObject({ code: 1, stderr: expect.stringContaining('Código inválido') as string });
      expect(used.stderr).not.toContain(code);
    } finally {
      await django.stop();
    }
  });

  it('reads a bare list of what is there, and knows the clients again', async () => {
    const django = await startDjango({ clients: people, root: '', pageSize: 0, full: false, devices: true });
    try {
      await importFrom(django.address, ['--email', email]);
      const run = await importFrom(django.address, ['--email', email, '--otp', django.code() ?? '', '--limit', '200']);
      expect(parseResult(run)).toMatchObject({ total: 200, created: 0, unchanged: 200, rejected: 0 });
    } finally {
      await django.stop();
    }
  });
});

describe('over https', () => {
  it('wants a certificate it can trust, and takes http of the same address for a proxy that says so', async () => {
    const { key, cert } = createSelfSigned('localhost');
    const certificate = join(await mkdtemp(join(tmpdir(), 'acolhe-certificate-')), 'cert.pem');
    await writeFile(certificate, cert);
    const remote = createServer({ key, cert }, (request, response) => {
      const { authorization, host = '' } = request.headers;
      const last = request.url?.includes('page=2') === true;
      const isList = request.url?.startsWith('/register/clients/') === true;
      response.writeHead(isList ? (authorization === undefined ? 401 : 200) : 404, {
        'content-type': 'application/json',
      });
      response.end(
        JSON.stringify({
          results: [{ first_name: last ? 'Última' : 'Primeira' }],
          next: last ? null : `http://${host.replace(/:.*/, '')}/register/clients/?page=2`,
        }),
      );
    });
    remote.listen(0, '127.0.0.1');
    await once(remote, 'listening');
    try {
      const base = `https://localhost:${String((remote.address() as AddressInfo).port)}`;
      const more = { ACOLHE_REMOTE_TOKEN: 'token-of-theirs' };
      const stranger = await importFrom(base, [], more);
      expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('self-signed certificate') as string });
      const run = await importFrom(base, ['--dry-run'], { ...more, NODE_EXTRA_CA_CERTS: certificate });
      expect(parseResult(run)).toMatchObject({ total: 2, created: 2 });
    } finally {
      remote.closeAllConnections();
      remote.close();
    }
  });
});
