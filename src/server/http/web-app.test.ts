import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerErrorHandler } from './error-handler.ts';
import { registerWebApp } from './web-app.ts';

describe('the built web app', () => {
  let root: string;
  let app: FastifyInstance;
  const get = async (url: string) => {
    const { statusCode, headers, body } = await app.inject({ url, headers: { accept: 'text/html' } });
    return { statusCode, cache: headers['cache-control'], body };
  };
  const build = async (name: string) => {
    await writeFile(join(root, 'assets', `${name}.js`), `// ${name}`);
    await writeFile(join(root, 'index.html'), `<script src="/assets/${name}.js"></script>`);
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'acolhe-web-'));
    await mkdir(join(root, 'assets'));
    await build('first');
    app = fastify();
    registerErrorHandler(app, () => undefined);
    await registerWebApp(app, root);
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

  it('knows no other files', async () => {
    for (const path of ['/assets/none.js', '/../package.json', '/%2e%2e/package.json', '/api/v1/none'])
      expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
  });

  it('serves what was built while it runs', async () => {
    await build('later');
    expect((await get('/clientes')).body).toContain('later.js');
    expect(await get('/assets/later.js')).toMatchObject({ statusCode: 200, body: '// later' });
  });
});
