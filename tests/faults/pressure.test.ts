import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { execute as query } from '../support/database.ts';
import { type Installation, startInstallation } from './installation.ts';
import { percentile, startLoad } from './load.ts';

const execute = promisify(execFile);

/** Mounts a small disk; undefined where that is not possible. It needs root on Linux. */
async function mountSmallDisk(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-disk-'));
  try {
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=0755', 'tmpfs', folder]);
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
}

const segmentSize = 16 * 1024 * 1024;

/**
 * Leaves so much room in the segment that PostgreSQL writes its log to: a disk that is full when a segment ends stops PostgreSQL
 * itself until there is room again.
 */
async function leaveRoomInLog(adminUrl: string, room: 'a whole segment' | 'a little'): Promise<void> {
  if (room === 'a whole segment') {
    await query(adminUrl, 'select pg_switch_wal()');
    return;
  }
  for (;;) {
    const [row] = await query(adminUrl, `select (pg_current_wal_insert_lsn() - '0/0')::text as written`);
    const left = segmentSize - (Number(row?.['written']) % segmentSize);
    if (left < 200_000) return;
    const bytes = Math.min(1_000_000, left - 100_000);
    await query(adminUrl, `select pg_logical_emit_message(false, 'test', repeat('x', ${String(bytes)}))`);
  }
}

describe.each([
  ['a whole segment', { status: 503, database: true, writable: false }],
  ['a little', { status: 503, writable: false }],
] as const)('a full disk, with room of %s in the log of PostgreSQL', (room, told) => {
  let folder: string | undefined;
  let installation: Installation | undefined;

  beforeAll(async () => {
    folder = await mountSmallDisk();
    if (folder !== undefined) installation = await startInstallation(folder);
  });
  afterAll(async () => {
    await installation?.stop();
    if (folder === undefined) return;
    await execute('umount', [folder]);
    await rm(folder, { recursive: true });
  });

  it(
    'is told as 503, and nothing that was acknowledged is lost when there is room again',
    { timeout: 90_000 },
    async ({ skip }) => {
      if (folder === undefined || installation === undefined) return skip('needs root on Linux to mount a small disk');
      const server = await installation.startServer();
      const { accessToken } = await installation.signIn(server);
      await leaveRoomInLog(installation.adminUrl ?? '', room);
      const load = startLoad(server.address, accessToken, installation.professionalId, 8);
      await vi.waitUntil(() => load.acknowledged().length > 20, 20_000);
      const ballast = join(folder, 'ballast');
      const { bavail, bsize } = await statfs(folder);
      // Writing may end with ENOSPC; the disk is full in either case.
      await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined);
      await vi.waitUntil(() => load.outcomes.some(({ status }) => status === 503), 40_000);
      expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
      const readiness = async () => {
        const answer = await fetch(`${server.address}/readyz`);
        return { status: answer.status, ...((await answer.json()) as { checks: Record<string, boolean> }).checks };
      };
      await expect.poll(readiness, { timeout: 15_000 }).toMatchObject(told);
      await rm(ballast);
      await expect.poll(readiness, { timeout: 15_000 }).toMatchObject({ status: 200, writable: true });
      const before = load.acknowledged().length;
      await vi.waitUntil(() => load.acknowledged().length > before + 20, 40_000);
      await load.stop();
      expect(new Set(load.outcomes.map(({ status }) => status))).toEqual(new Set([201, 503]));
      const ids = load.acknowledged();
      const rows = await installation.query<{ id: string }>('select id from clients where id = any ($1)', [ids]);
      expect(rows).toHaveLength(ids.length);
      expect(server.process.exitCode).toBeNull();
    },
  );
});

describe('a thousand connections that send a byte a second', () => {
  let installation: Installation;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await installation.stop();
  });

  it('do not slow others down', { timeout: 60_000 }, async () => {
    const server = await installation.startServer();
    const { api } = await installation.signIn(server);
    const { hostname, port } = new URL(server.address);
    for (let n = 0; n < 1000; n++) {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      sockets.push(socket);
      if (n % 100 === 99) await once(socket, 'connect');
      socket.write('GET /api/v1/clients HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    }
    const drip = setInterval(() => {
      for (const socket of sockets) socket.write('a');
    }, 1000);
    const health: number[] = [];
    const lists: number[] = [];
    for (let n = 0; n < 100; n++) {
      const started = performance.now();
      expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
      health.push(performance.now() - started);
      if (n % 10 === 0) {
        await api('GET /clients');
        lists.push(performance.now() - started);
      }
      await sleep(20);
    }
    clearInterval(drip);
    expect(percentile(health, 0.95)).toBeLessThan(1000);
    expect(percentile(lists, 0.95)).toBeLessThan(2000);
  });
});
