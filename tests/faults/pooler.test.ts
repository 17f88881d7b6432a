import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../src/shared/api-client.ts';
import { checkPooler } from '../../src/cli/checks/pooler.ts';
import { followsStatements, pgbouncerVersion, type Pooler, startPgbouncer } from '../support/pgbouncer.ts';
import { importFile } from '../support/import-file.ts';
import { type Installation, type ServerProcess, startInstallation } from './installation.ts';
import { startLoad } from './load.ts';

const [without, withOldOne] = ['pgbouncer is not installed', 'this pgbouncer is older than 1.21'];
const kinds = [
  {
    kind: 'that follows prepared statements',
    follows: true,
    settings: { max_prepared_statements: 200 },
    skip: !followsStatements,
  },
  {
    kind: 'that does not follow them',
    follows: false,
    settings: followsStatements ? { max_prepared_statements: 0 } : {},
    skip: false,
  },
] as const;

describe.skipIf(pgbouncerVersion === undefined)(`behind PgBouncer (${pgbouncerVersion ?? without})`, () => {
  describe.each(kinds)('in transaction mode, one $kind', ({ follows, settings, skip }) => {
    const parts = new AsyncDisposableStack();
    let installation: Installation;
    let pooler: Pooler;
    let servers: ServerProcess[];
    let api: ApiClient;
    let accessToken: string;
    let env: Record<string, string>;

    beforeAll(async () => {
      if (skip) return;
      installation = await startInstallation();
      parts.defer(() => installation.stop());
      // Three connections for two servers with ten each: what one transaction leaves behind, another one finds.
      pooler = await startPgbouncer(installation.url, { ...settings, default_pool_size: 3 });
      parts.defer(() => pooler.stop());
      env = { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: installation.url };
      const first = await installation.startServer(env);
      parts.defer(() => installation.killServers());
      ({ api, accessToken } = await installation.signIn(first));
      servers = [first, await installation.startServer(env)];
    });
    afterAll(() => parts.disposeAsync());

    const run = it.skipIf(skip);
    const because = skip ? ` (${withOldOne})` : '';

    run(`a person signs in, writes, finds, imports and hears of changes${because}`, async () => {
      const stop = new AbortController();
      const heard: string[] = [];
      const stream = await fetch(`${servers[1]?.address ?? ''}/api/v1/events`, {
        headers: { authorization: `Bearer ${accessToken}` },
        signal: stop.signal,
      });
      const listening = (async () => {
        for await (const chunk of stream.body ?? []) heard.push(new TextDecoder().decode(chunk));
      })().catch(() => undefined);

      const { professionalId } = installation;
      const body = { firstName: 'Íris', email: 'iris@exemplo.com.br', professionalId };
      const { body: made } = await api('POST /clients', { body });
      await vi.waitUntil(() => heard.join('').includes(made.id), 10_000);
      stop.abort();
      await listening;

      const job = await importFile(
        { api },
        'nome,telefone\nCaetano,11 98765-4321\nDalva,11 98765-4322\nEdu,11 98765-4321\n',
        { professionalId },
      );
      expect(job).toMatchObject({ status: 'done', created: 2, conflicts: 1 });
      const { body: found } = await api('GET /clients', { query: { q: 'caetano' } });
      expect(found.items.map(({ firstName }) => firstName)).toEqual(['Caetano']);
    });

    run(`a refused statement leaves nothing behind for whoever has the connection next${because}`, async () => {
      const { professionalId } = installation;
      const create = (phone: string) =>
        api('POST /clients', { body: { firstName: 'Gil', phone, professionalId } }).then(
          () => 201,
          (error: unknown) => (error as { status?: number }).status,
        );
      const phones = Array.from({ length: 30 }, (_, at) => `+55119${String(7_100_000 + (at % 10)).padStart(8, '0')}`);
      const statuses = await Promise.all(phones.map(create));
      expect(statuses.filter((status) => status === 201)).toHaveLength(10);
      expect(statuses.filter((status) => status === 409)).toHaveLength(20);
      const lists = await Promise.all(phones.map(() => api('GET /clients')));
      expect(new Set(lists.map(({ status }) => status))).toEqual(new Set([200]));
    });

    run(
      `two servers share three connections under load, and nothing fails${because}`,
      { timeout: 60_000 },
      async () => {
        const loads = servers.map(({ address }) => startLoad(address, accessToken, installation.professionalId, 8));
        await vi.waitUntil(() => loads.every((load) => load.acknowledged().length > 150), 40_000);
        expect(await pooler.countServers()).toBeLessThanOrEqual(3);
        await Promise.all(loads.map((load) => load.stop()));
        expect(new Set(loads.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)))).toEqual(new Set([201]));
        const ids = loads.flatMap((load) => load.acknowledged());
        expect(await installation.query('select from clients where id = any ($1)', [ids])).toHaveLength(ids.length);
      },
    );

    run(`acolhe check asks for the direct address if it is missing${because}`, async () => {
      const names = async (...addresses: Parameters<typeof checkPooler>) =>
        (await checkPooler(...addresses)).map(({ name }) => name);
      expect(await names({ url: installation.url, directUrl: undefined })).toEqual([]);
      expect(await names({ url: pooler.url, directUrl: undefined })).toEqual(['pooler_direct_missing']);
      expect(await names({ url: pooler.url, directUrl: installation.url })).toEqual(
        follows ? [] : ['pooler_prepares_nothing'],
      );
      expect(await names({ url: installation.url, directUrl: pooler.url })).toEqual(['direct_url_pooled']);
    });
  });
});
