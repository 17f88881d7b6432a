import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerErrorHandler } from './error-handler.ts';
import { registerFacts } from './facts.ts';
import { ask } from './testing/speak.ts';
import { readablePath } from './unreadable.ts';
import { registerWebApp } from './web-app.ts';

describe('the built web app', () => {
  let root: string;
  let app: FastifyInstance;
  let address: string;
  const get = async (url: string, accept = 'text/html,*/*;q=0.8') => {
    const { statusCode, headers, body } = await app.inject({ url, headers: { accept } });
    return { statusCode, cache: headers['cache-control'], body };
  };
  /** Sends a request as a browser does, with the path unchanged. */
  const navigate = async (path: string) => {
    const { status, head } = await ask(address, [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Accept: text/html']);
    return { status, location: /^location: (.*)$/im.exec(head)?.[1], type: /^content-type: (.*)$/im.exec(head)?.[1] };
  };
  const build = async (name: string) => {
    await writeFile(join(root, 'assets', `${name}.js`), `// ${name}`);
    await writeFile(join(root, 'index.html'), `<script src="/assets/${name}.js"></script>`);
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'acolhe-web-'));
    await mkdir(join(root, 'assets'));
    await build('first');
    app = fastify({ rewriteUrl: readablePath, routerOptions: { ignoreDuplicateSlashes: true } });
    registerFacts(app);
    registerErrorHandler(app, () => undefined);
    await registerWebApp(app, root);
    address = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await app.close();
    await rm(root, { recursive: true });
  });

  it('gives its page for every address of the app, and its files for a year', async () => {
    const page = { statusCode: 200, cache: 'no-cache', body: '<script src="/assets/first.js"></script>' };
    expect(await get('/')).toEqual(page);
    expect(await get('/clientes/novo')).toEqual(page);
    expect(await get('/assets/first.js')).toEqual({
      statusCode: 200,
      cache: 'public, max-age=31536000, immutable',
      body: '// first',
    });
  });

  it.each([
    '/clientes?q=ana@exemplo.com',
    '/clientes?q=a.b#c.js',
    '/agenda?dia=2026.01.01',
    '/clientes/ana@exemplo.com',
    '/clientes/joao.silva/editar',
    '/c/eyJhbGciOi.eyJzdWIi.c2ln',
    '/importar/planilha.csv',
    '/agenda/2026.01.01',
    '/clientes/a%2eb',
    '/entrar?volta=/assets/none.js',
  ])('gives its page again when a browser reloads %s', async (path) => {
    expect(await get(path)).toMatchObject({ statusCode: 200, body: '<script src="/assets/first.js"></script>' });
  });

  it.each(['//evil.example/x', '///clientes', '/\\clientes'])('leads %s to an address of its own', async (path) => {
    expect(await navigate(path)).toMatchObject({ status: 308, location: path.replace(/^[/\\]+/, '/') });
  });

  it.each([
    '/api',
    '/API/v1/me',
    '/%61pi/v1/none',
    '//api/v1/none',
    '/%2fapi/v1/none',
    '/dev/none',
    '/favicon.png',
    '/none.php?a=/clientes',
    '//evil.example',
    '/\\evil.example',
    '/clientes/../none',
  ])('does not take %s for a page', async (path) => {
    expect(await navigate(path)).toMatchObject({ status: 404, type: 'application/problem+json; charset=utf-8' });
  });

  it('gives a page in place of a file to nobody who asks for a file', async () => {
    for (const accept of ['*/*', 'image/avif,image/webp', 'application/json'])
      expect((await get('/clientes/foto.png', accept)).statusCode).toBe(404);
  });

  it('knows no other files', async () => {
    for (const path of [
      '/assets/none.js',
      '/../package.json',
      '/%2e%2e/package.json',
      '/api/v1/none',
      '/api%5Cv1%5Cme',
    ])
      expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
  });

  it('serves what was built while it runs', async () => {
    await build('later');
    expect((await get('/clientes')).body).toContain('later.js');
    expect(await get('/assets/later.js')).toMatchObject({ statusCode: 200, body: '// later' });
  });
});
