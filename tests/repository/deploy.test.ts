import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getTransformedRoutes } from '@vercel/routing-utils';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { refuseBuild } from '../../deploy/build-guard.mjs';
import { loadConfig } from '../../src/server/config.ts';
import { variables } from '../../src/server/config/variables.ts';
import { registerSecurity } from '../../src/server/http/security.ts';
import { createMetrics } from '../../src/server/observability/metrics.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');

const known = new Set(Object.entries(variables).flatMap(([name, { aliases }]) => [name, ...(aliases ?? [])]));
/** Variables that are read by the platform or the database, not by Acolhe. */
const platform = new Set(['NODE_VERSION', 'DB_PASSWORD', 'POSTGRES_DB', 'POSTGRES_USER', 'POSTGRES_PASSWORD']);

/** The files and folders that the web app and the server are built from. */
async function listBuildSources(): Promise<string[]> {
  const files = ['web-build.mjs', 'server-build.mjs'].map((name) => read(`scripts/bootstrap/${name}`));
  const lists = (await Promise.all(files)).map((text) => /^const sources = \[([^\]]+)\]/m.exec(text)?.[1] ?? '');
  return lists.flatMap((list) => [...list.matchAll(/'([^']+)'/g)].map(([, path]) => path ?? ''));
}

describe('deploy files', () => {
  it.each([
    ['render.yaml', /^\s+- key: (\w+)$/gm],
    ['compose.yaml', /^\s+([A-Z][A-Z_]+): /gm],
    ['deploy/compose.env.example', /^([A-Z][A-Z_]+)=/gm],
    ['deploy/systemd/acolhe@.service', /(?:Environment=| )([A-Z][A-Z_]+)=\S/g],
    ['Dockerfile', /(?:^ENV | )([A-Z][A-Z_]+)=\S/gm],
  ])('%s names variables that the server reads', async (file, expression) => {
    const names = [...(await read(file)).matchAll(expression)].flatMap(([, name]) => name ?? []);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !known.has(name) && !platform.has(name))).toEqual([]);
  });

  it('Dockerfile copies what there is, and .dockerignore lets it through', async () => {
    const copied = [...(await read('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap(([, sources]) => sources?.split(' ') ?? [])
      .filter((source) => source !== '.');
    const passed = [...(await read('.dockerignore')).matchAll(/^!(\S+)$/gm)].flatMap(([, path]) => path ?? []);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const needed = [...copied, ...(await listBuildSources())];
    expect(needed.filter((path) => !passed.includes(path) && !passed.includes(path.split('/')[0] ?? ''))).toEqual([]);
  });

  it('the dashboard and the alerts ask for numbers that exist', async () => {
    const metrics = createMetrics({ version: '0', commit: '0' });
    metrics.observeRequests(fastify());
    metrics.watchLoad({ inFlight: 0, shed: 0 });
    metrics.watchQueue(() => Promise.resolve(undefined));
    const names = new Set(metrics.registry.getMetricsAsArray().map(({ name }) => name));
    for (const file of ['grafana-dashboard.json', 'alerts.yml']) {
      const text = await read(`deploy/observability/${file}`);
      const asked = [...text.matchAll(/\b((?:acolhe|nodejs|process)_[a-z0-9_]+)(?=[{[)]| ==| >)/g)].map(
        ([, name]) => name ?? '',
      );
      expect(asked.length).toBeGreaterThan(8);
      expect(asked.filter((name) => !names.has(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([]);
    }
  });
});

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly volumes?: readonly string[]; readonly environment?: Record<string, string> }>
  >;
  readonly volumes: Readonly<Record<string, unknown>>;
}

describe('compose.yaml', () => {
  it('mounts what there is, under names that nginx asks for', async () => {
    const { services, volumes } = parse(await read('compose.yaml')) as Compose;
    const mounts = Object.values(services).flatMap((service) => service.volumes ?? []);
    const sources = mounts.map((mount) => mount.split(':')[0] ?? '');
    expect(sources.filter((source) => !source.startsWith('./') && !(source in volumes))).toEqual([]);
    const files = sources.filter((source) => source.startsWith('./') && source !== './certificates');
    expect(files.length).toBe(2);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    // Relative names in acolhe.conf are below /etc/nginx.
    const site = await read('deploy/nginx/acolhe.conf');
    const named = [...site.matchAll(/^\s*(?:include|ssl_certificate) ([^;]+);$/gm)].map(
      ([, file]) => file?.split('/')[0],
    );
    const targets = mounts.map((mount) => mount.split(':')[1] ?? '');
    expect(named.length).toBe(2);
    for (const file of named) expect(targets).toContain(`/etc/nginx/${file ?? ''}`);
    const port = services['server']?.environment?.['PORT'] ?? '';
    expect(await read('deploy/nginx/upstream-compose.conf')).toContain(`server server:${port} `);
  });

  it('asks for every variable that has to be filled in, and for no other', async () => {
    const text = await read('compose.yaml');
    const required = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? ''));
    const example = await read('deploy/compose.env.example');
    expect(required.size).toBe(4);
    for (const name of required) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
  });
});

describe('YAML files', () => {
  it.each([
    'render.yaml',
    'compose.yaml',
    '.github/workflows/ci.yml',
    '.github/workflows/preview.yml',
    'deploy/observability/alerts.yml',
    'deploy/observability/prometheus.yml',
  ])('%s can be read, with no key twice', async (file) => {
    const { errors, warnings } = parseDocument(await read(file), { uniqueKeys: true });
    expect([...errors, ...warnings]).toEqual([]);
  });
});

interface Vercel {
  readonly rewrites: readonly { readonly source: string; readonly destination: string }[];
  readonly headers: readonly {
    readonly source: string;
    readonly headers: readonly { readonly key: string; readonly value: string }[];
  }[];
}

describe('vercel.json', () => {
  it('hands the API on first, and gives the page to every other address that is no file', async () => {
    const { rewrites, headers } = JSON.parse(await read('vercel.json')) as Vercel;
    // Vercel's own code reads the file, and refuses what its schema does not have.
    const { routes, error } = getTransformedRoutes({
      rewrites: [...rewrites],
      headers: structuredClone(headers) as never,
    });
    expect(error).toBeNull();
    const findDestination = (path: string): string | undefined => {
      for (const { src, dest } of (routes ?? []).filter((route) => 'dest' in route)) {
        const match = new RegExp(src ?? '$^').exec(path);
        if (match !== null) return dest?.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
      }
      return undefined;
    };
    const [api] = /^https:\/\/[^/]+/.exec(rewrites[0]?.destination ?? '') ?? [''];
    expect(api).not.toBe('');
    expect(findDestination('/api/v1/clients/0198')).toMatch(new RegExp(`^${api}/api/v1/clients/0198(\\?|$)`));
    // `acolhe smoke` asks for these at the address that people use.
    for (const path of ['/healthz', '/readyz'])
      expect(findDestination(path)).toMatch(new RegExp(`^${api}${path}(\\?|$)`));
    for (const path of ['/', '/entrar', '/clientes/0198', '/clientes/0198/editar', '/healthz/x'])
      expect(findDestination(path)).toBe('/index.html');
    expect(findDestination('/assets/gone.js')).toBeUndefined();
  });

  it('sends the headers that the server itself sends with a page', async () => {
    const app = fastify();
    const config = loadConfig({
      DEBUG: 'False',
      SECRET_KEY: 'k7Qw2ZpX9vR4mT8sB1nY6cL3hJ5gF0dA',
      ALLOWED_HOSTS: 'localhost',
      EMAIL_HOST: 'smtp.example',
      SECURE_SSL_REDIRECT: 'True',
    });
    await registerSecurity(app, config);
    const { headers } = await app.inject({ url: '/healthz', headers: { host: 'localhost' } });
    const [pages] = (JSON.parse(await read('vercel.json')) as Vercel).headers;
    expect(pages?.source).toBe('/((?!api/).*)');
    for (const { key, value } of pages?.headers ?? [])
      expect({ key, value }).toEqual({ key, value: headers[key.toLowerCase()] });
    expect(pages?.headers.map(({ key }) => key)).toContain('Content-Security-Policy');
  });

  it('lets browsers keep hashed files for good, and ask for the service worker each time', async () => {
    const { headers } = JSON.parse(await read('vercel.json')) as Vercel;
    const caching = headers.flatMap(({ source, headers: sent }) =>
      sent.filter(({ key }) => key === 'Cache-Control').map(({ value }) => [source, value]),
    );
    expect(caching).toEqual([
      ['/sw.js', 'no-cache'],
      ['/assets/(.*)', 'public, max-age=31536000, immutable'],
    ]);
  });
});

describe('the build guard', () => {
  it.each([
    [{}, true],
    [{ VERCEL_ENV: 'preview', VERCEL_GIT_COMMIT_REF: 'idea' }, true],
    [{ VERCEL_ENV: 'development', VERCEL_GIT_COMMIT_REF: 'idea' }, true],
    [{ VERCEL_ENV: 'production', VERCEL_GIT_COMMIT_REF: 'main' }, true],
    [{ VERCEL_ENV: 'production', VERCEL_GIT_COMMIT_REF: 'idea' }, false],
    [{ VERCEL_ENV: 'production', VERCEL_GIT_COMMIT_REF: 'main-2' }, false],
    [{ VERCEL_ENV: 'production' }, false],
  ])('%o: builds %s', (env, builds) => {
    expect(refuseBuild(env) === undefined).toBe(builds);
  });
});
