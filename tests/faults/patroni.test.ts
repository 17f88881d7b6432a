import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findAccount } from '../../src/server/embedded-database/account.ts';
import { findFreePort } from '../../src/server/embedded-database/server.ts';
import { debianPostgres, hasDebianPostgres } from '../support/replicated-postgres.ts';
import { type Installation, installOn } from './installation.ts';
import { startLoad } from './load.ts';

const deploy = join(import.meta.dirname, '..', '..', 'deploy', 'patroni');
/** Debian has haproxy in /usr/sbin. */
const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
const missing = ['etcd', 'patroni', 'haproxy'].filter(
  (name) => spawnSync(name, [name === 'haproxy' ? '-v' : '--version'], { env: { PATH: path } }).status !== 0,
);
const skips = missing.length > 0 || !hasDebianPostgres;
const because = skips
  ? ` (not installed: ${[...missing, ...(hasDebianPostgres ? [] : ['postgresql-15'])].join()})`
  : '';
const password = 'patroni-of-a-test';

/** One PostgreSQL with its Patroni, as on a machine of its own. */
interface Machine {
  readonly name: string;
  readonly port: number;
  readonly restPort: number;
  process: ChildProcess;
}

describe.skipIf(skips)(
  `two PostgreSQL under Patroni and etcd, behind HAProxy, as deploy/patroni has them${because}`,
  () => {
    const account = findAccount();
    const parts = new AsyncDisposableStack();
    let folder: string;
    let machines: Machine[];
    let installation: Installation;

    /** Starts a program in a process group of its own, which is killed at the end. */
    const start = (program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess => {
      const child = spawn(program, args, {
        cwd: folder,
        env: { PATH: path, LANG: 'C.UTF-8', HOME: folder, ...env },
        stdio: 'ignore',
        detached: true,
        ...(account && { uid: account.uid, gid: account.gid }),
      });
      parts.defer(() => (child.pid === undefined ? undefined : killGroup(child.pid)));
      return child;
    };
    const startPatroni = ({ name, port, restPort }: Omit<Machine, 'process'>, etcdPort: number): ChildProcess =>
      start('patroni', [join(folder, 'patroni.yml')], {
        PATRONI_NAME: name,
        PATRONI_ETCD3_HOSTS: `127.0.0.1:${String(etcdPort)}`,
        PATRONI_POSTGRESQL_DATA_DIR: join(folder, name),
        PATRONI_POSTGRESQL_PGPASS: join(folder, `${name}.pgpass`),
        PATRONI_POSTGRESQL_BIN_DIR: debianPostgres,
        PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${String(port)}`,
        PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${String(port)}`,
        PATRONI_RESTAPI_LISTEN: `127.0.0.1:${String(restPort)}`,
        PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${String(restPort)}`,
        PATRONI_SUPERUSER_USERNAME: 'postgres',
        PATRONI_SUPERUSER_PASSWORD: password,
        PATRONI_REPLICATION_USERNAME: 'replicator',
        PATRONI_REPLICATION_PASSWORD: password,
      });
    const answers = ({ restPort }: Machine, role: string): Promise<boolean> =>
      fetch(`http://127.0.0.1:${String(restPort)}/${role}`).then(
        ({ ok }) => ok,
        () => false,
      );
    const until = (done: () => boolean | Promise<boolean>, timeout = 120_000) =>
      vi.waitUntil(done, { timeout, interval: 200 });
    const find = async (role: string): Promise<Machine | undefined> => {
      for (const machine of machines) if (await answers(machine, role)) return machine;
      return undefined;
    };
    /** HAProxy may still lead to the standby for a moment. */
    const isPrimary = async (url: string): Promise<boolean> => {
      const client = new pg.Client(url);
      try {
        await client.connect();
        const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
        return rows[0]?.standby === false;
      } catch {
        return false;
      } finally {
        await client.end().catch(() => undefined);
      }
    };
    /** Patroni starts PostgreSQL in a session of its own; its other processes end with the first one. */
    const killPostgres = async (name: string): Promise<void> => {
      const file = await readFile(join(folder, name, 'postmaster.pid'), 'utf8').catch(() => '');
      const pid = Number.parseInt(file, 10);
      if (Number.isSafeInteger(pid)) await killGroup(pid);
    };
    const killMachine = async ({ name, process: patroni }: Machine): Promise<void> => {
      if (patroni.pid !== undefined) await killGroup(patroni.pid);
      await killPostgres(name);
    };
    let etcdPort: number;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'acolhe-patroni-'));
      parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));
      await writeFile(join(folder, 'patroni.yml'), await readFile(join(deploy, 'patroni.yml')));
      await mkdir(join(folder, 'etcd'), { mode: 0o700 });
      if (account !== undefined)
        for (const each of [folder, join(folder, 'etcd')]) chownSync(each, account.uid, account.gid);
      etcdPort = await findFreePort();
      const peer = `http://127.0.0.1:${String(await findFreePort())}`;
      const client = `http://127.0.0.1:${String(etcdPort)}`;
      start('etcd', [
        ...['--data-dir', join(folder, 'etcd'), '--listen-client-urls', client, '--advertise-client-urls', client],
        ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
      ]);
      await until(() =>
        fetch(`${client}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
      machines = [];
      for (const name of ['postgres1', 'postgres2']) {
        const machine = { name, port: await findFreePort(), restPort: await findFreePort() };
        // Runs after Patroni is killed, which would start it again.
        parts.defer(() => killPostgres(name));
        machines.push({ ...machine, process: startPatroni(machine, etcdPort) });
      }
      await until(async () => (await find('sync')) !== undefined);
      const port = await startHaproxy();
      const address = `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`;
      await until(() => isPrimary(address));
      const admin = new pg.Client(address);
      await admin.connect();
      await admin.query(`create role acolhe login createrole password '${password}'`);
      await admin.query('create database acolhe owner acolhe');
      await admin.end();
      const url = `postgres://acolhe:${password}@127.0.0.1:${String(port)}/acolhe`;
      installation = await installOn(url, folder, () => Promise.resolve());
      parts.defer(() => installation.stop());
    }, 240_000);
    afterAll(() => parts.disposeAsync(), 60_000);

    /** Starts HAProxy with the shipped file, with other addresses. @returns its port for the primary */
    const startHaproxy = async (): Promise<number> => {
      const ports = { primary: await findFreePort(), standby: await findFreePort() };
      const shipped = await readFile(join(deploy, 'haproxy.cfg'), 'utf8');
      const config = machines.reduce(
        (text, { name, port, restPort }) =>
          text.replaceAll(`${name}:5432 check port 8008`, `127.0.0.1:${String(port)} check port ${String(restPort)}`),
        shipped
          .replace('bind :5432', `bind 127.0.0.1:${String(ports.primary)}`)
          .replace('bind :5433', `bind 127.0.0.1:${String(ports.standby)}`),
      );
      await writeFile(join(folder, 'haproxy.cfg'), config);
      start('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')]);
      const url = `postgres://postgres:${password}@127.0.0.1:${String(ports.primary)}/postgres`;
      await until(async () => {
        const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
        client.on('error', () => undefined);
        try {
          await client.connect();
          return true;
        } catch {
          return false;
        } finally {
          await client.end().catch(() => undefined);
        }
      });
      return ports.primary;
    };

    it(
      'lose no acknowledged write when the primary is killed, and nobody has to do anything',
      { timeout: 360_000 },
      async () => {
        // The second server starts after the sign-in. Otherwise its worker might take the mail into its own mailbox.
        const server = await installation.startServer();
        const { accessToken } = await installation.signIn(server);
        const other = await installation.startServer();
        const loads = [server, other].map(({ address }) =>
          startLoad(address, accessToken, installation.professionalId, 4),
        );
        const acknowledged = () => loads.flatMap((load) => load.acknowledged());
        await until(() => loads.every((load) => load.acknowledged().length > 40));

        const [primary, standby] = [await find('primary'), await find('sync')];
        if (primary === undefined || standby === undefined)
          throw new Error('there is no primary with a synchronous standby');
        await killMachine(primary);
        await until(() => loads.every(({ outcomes }) => outcomes.some(({ status }) => status === 503)));
        const before = acknowledged().length;
        await until(() => acknowledged().length > before + 80);
        expect((await find('primary'))?.name).toBe(standby.name);

        // Its machine comes back: what it was ahead of the standby is rewound, and it follows.
        primary.process = startPatroni(primary, etcdPort);
        await until(() => answers(primary, 'sync'));
        await Promise.all(loads.map((load) => load.stop()));

        const ids = acknowledged();
        expect(await installation.query('select id from clients where id = any ($1)', [ids])).toHaveLength(ids.length);
        const statuses = new Set(loads.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)));
        expect(statuses).toEqual(new Set([201, 503]));
        expect([server.process.exitCode, other.process.exitCode]).toEqual([null, null]);
      },
    );
  },
);

/** Kills a process and its group, as the end of its machine would, and waits until none is left. */
async function killGroup(pid: number): Promise<void> {
  const isLeft = (): boolean => {
    try {
      return process.kill(-pid, 'SIGKILL');
    } catch {
      return false;
    }
  };
  for (let turn = 0; isLeft() && turn < 200; turn++) await sleep(50);
}
