import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Request } from 'autocannon';
import pg from 'pg';
import { type CostMeter, readProcessorMs } from './costs.ts';
import { measureLoad } from './load.ts';
import type { Product, SignedIn } from './product.ts';
import { listRequests, type Measured } from './scenarios.ts';

/** Milliseconds of processor time that a request takes, by who spends it. */
interface Shares {
  readonly database: number;
  readonly server: number;
  readonly generator: number;
}

/** One kind of request: what it takes, and what it would take if the server did next to nothing. */
export interface Floor {
  readonly name: string;
  readonly perSecond: number;
  readonly shares: Shares;
  /** The server's share where it only hands on the same statements and bytes. */
  readonly leastServer: number;
  /** Requests a second of such a server, by arithmetic: the processors' time over the sum of the shares. */
  readonly floor: number;
}

/** Measures what the processors do in a request, and how near the server is to the least that it could do. */
export async function measureFloors(
  product: Product,
  person: SignedIn,
  { meter, seconds }: { readonly meter: CostMeter; readonly seconds: number },
): Promise<Floor[]> {
  const floors: Floor[] = [];
  for (const [name, requests] of Object.entries(await listRequests(product, person))) {
    const load = { address: product.address, token: person.accessToken, requests, seconds };
    await measureLoad({ ...load, seconds: 1 });
    const { measured, database, generator } = await measureShares(product, meter, () => measureLoad(load));
    const server = measured.serverMs ?? Number.NaN;
    const leastServer = await measureLeast(product, meter, {
      statements: Math.round(measured.statements ?? 0),
      bytes: await countBytes(product, person, requests),
      seconds,
    });
    floors.push({
      name,
      perSecond: measured.perSecond,
      shares: { database, server, generator },
      leastServer,
      floor: (cpus().length * 1000) / (database + leastServer + generator),
    });
  }
  return floors;
}

async function measureShares(product: Product, meter: CostMeter, work: () => Promise<Measured>) {
  const postmaster = await findPostmaster(product.postgres.adminUrl);
  const [before, ownBefore] = [readProcessorMs(postmaster) ?? Number.NaN, process.cpuUsage()];
  const measured = await meter.measure(product.server.pid ?? 0, work);
  const [after, own] = [readProcessorMs(postmaster) ?? Number.NaN, process.cpuUsage(ownBefore)];
  return {
    measured,
    database: (after - before) / measured.count,
    generator: (own.user + own.system) / 1000 / measured.count,
  };
}

/** The process that starts a process for each connection: the parent of ours. */
async function findPostmaster(adminUrl: string): Promise<number> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const parent = readFileSync(`/proc/${String(rows[0]?.pid)}/stat`, 'utf8')
    .split(') ')[1]
    ?.split(' ')[1];
  await client.end();
  return Number(parent);
}

/** Bytes of the first answer's body. */
async function countBytes(
  { address }: Product,
  { accessToken }: SignedIn,
  [request]: readonly Request[],
): Promise<number> {
  if (request === undefined) return 0;
  const { setupRequest } = request;
  const {
    method = 'GET',
    path = '/',
    headers,
    body,
  } = typeof setupRequest === 'function' ? setupRequest(request, {}) : request;
  const answer = await fetch(`${address}${path}`, {
    method,
    headers: { ...(headers as Record<string, string> | undefined), authorization: `Bearer ${accessToken}` },
    ...(body !== undefined && { body: body.toString() }),
  });
  return (await answer.arrayBuffer()).byteLength;
}

/** Milliseconds that the least server takes for a request. */
async function measureLeast(
  product: Product,
  meter: CostMeter,
  { statements, bytes, seconds }: { readonly statements: number; readonly bytes: number; readonly seconds: number },
): Promise<number> {
  const program = join(import.meta.dirname, 'floor-server.ts');
  const args = [program, product.postgres.url, String(statements), String(bytes)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const load = { address: `http://127.0.0.1:${await readPort(server)}`, token: '', seconds };
    const requests: Request[] = [{ method: 'GET', path: '/' }];
    await measureLoad({ ...load, requests, seconds: 1 });
    const { serverMs } = await meter.measure(server.pid ?? 0, () => measureLoad({ ...load, requests }));
    return serverMs ?? Number.NaN;
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function readPort(server: ChildProcess): Promise<string> {
  const [chunk] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  return chunk.toString().trim();
}
