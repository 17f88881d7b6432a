import type pg from 'pg';
import { createClient } from '../db/connect.ts';
import type { Cluster } from './cluster.ts';

/**
 * A process's stake in a running server: one connection that holds a shared advisory lock. It vanishes with the
 * process, however that ends, so the server always knows how many still use it.
 */
export interface Lease {
  /** Resolves when the connection is gone without release(): the server died, or restarted its sessions. */
  lost: Promise<void>;
  /** Gives the stake up. True when it was the last one: no other can be taken from then on, and the server may stop. */
  release(): Promise<boolean>;
}

const lockNumber = 4_712_018;

/** Where the superuser of a cluster signs in. */
export function adminUrl(cluster: Cluster, port: number): string {
  return `postgres://postgres:${cluster.credentials.adminPassword}@127.0.0.1:${String(port)}/postgres`;
}

/**
 * Takes a stake in the server on that port.
 * Rejects when nothing answers, when it isn't this cluster's server, or while the server's last user stops it.
 */
export async function takeLease(cluster: Cluster, port: number): Promise<Lease> {
  const client = createClient(adminUrl(cluster, port), {
    application_name: `acolhe launcher ${String(process.pid)}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  const lost = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => {
      resolve();
    });
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS taken', [
      lockNumber,
    ]);
    if (rows[0]?.taken !== true) throw new Error('The server is being stopped.');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return { lost, release: () => release(client) };
}

/** Unlocking first and then asking for the whole lock: of two that leave at once, exactly one gets it. */
async function release(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ last: boolean }>(
    'SELECT pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) AS last',
    [lockNumber],
  );
  if (rows[0]?.last === true) return true;
  await client.end();
  return false;
}
