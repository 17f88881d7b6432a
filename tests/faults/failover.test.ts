import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasDebianPostgres, type ReplicatedPostgres, startReplicated } from '../support/replicated-postgres.ts';
import { type Installation, installOn } from './installation.ts';
import { startLoad } from './load.ts';

/** One address for whichever server is the primary, like a hosting service's endpoint or HAProxy. */
async function startSwitch(target: number) {
  const sockets = new Set<Socket>();
  let port = target;
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    pointTo(next: number) {
      port = next;
      cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}

describe.skipIf(!hasDebianPostgres)('a primary with a synchronous standby', () => {
  const parts = new AsyncDisposableStack();
  let database: ReplicatedPostgres;
  let installation: Installation;
  let endpoint: Awaited<ReturnType<typeof startSwitch>>;

  beforeAll(async () => {
    database = await startReplicated({ synchronous: true });
    parts.defer(() => database.stop());
    endpoint = await startSwitch(database.ports.primary);
    parts.defer(() => {
      endpoint.close();
    });
    const url = `postgres://acolhe@127.0.0.1:${String(endpoint.port)}/acolhe`;
    installation = await installOn(url, database.folder, () => Promise.resolve());
    parts.defer(() => installation.stop());
  }, 90_000);
  afterAll(() => parts.disposeAsync());

  it(
    'loses no acknowledged write when it is killed and the standby takes over, under two servers',
    { timeout: 90_000 },
    async () => {
      // The second server starts after the sign-in. Otherwise its worker might take the mail into its own mailbox.
      const server = await installation.startServer();
      const { accessToken } = await installation.signIn(server);
      const other = await installation.startServer();
      const loads = [server, other].map(({ address }) =>
        startLoad(address, accessToken, installation.professionalId, 4),
      );
      const acknowledged = () => loads.flatMap((load) => load.acknowledged());
      await vi.waitUntil(() => loads.every((load) => load.acknowledged().length > 40), 30_000);

      database.killPrimary();
      await vi.waitUntil(() => loads.every(({ outcomes }) => outcomes.some(({ status }) => status === 503)), 20_000);
      await database.promoteStandby();
      endpoint.pointTo(database.ports.standby);
      const before = acknowledged().length;
      await vi.waitUntil(() => acknowledged().length > before + 80, 30_000);
      await Promise.all(loads.map((load) => load.stop()));

      const ids = acknowledged();
      const rows = await installation.query('select id from clients where id = any ($1)', [ids]);
      expect(rows).toHaveLength(ids.length);
      const statuses = new Set(loads.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)));
      expect(statuses).toEqual(new Set([201, 503]));
    },
  );
});
