import pg from 'pg';

/** What a connection through a pooler can do. */
interface PooledConnection {
  /** Whether statements may be prepared by name: the pooler prepares them anew on whichever connection it chooses. */
  readonly preparesByName: boolean;
}

const pooled = new WeakMap<pg.ClientBase, PooledConnection>();

/** What is known of a connection; undefined for one that goes straight to the server. */
export const describePooled = (client: pg.ClientBase): PooledConnection | undefined => pooled.get(client);

const name = 'acolhe_probe';
const probe = { name, text: `select exists (select from pg_prepared_statements where name = '${name}') as kept` };

/**
 * Finds out what the pooler behind a new connection can do. One that follows prepared statements (PgBouncer from 1.21 on,
 * `max_prepared_statements`) gives them names of its own; any other hands the name on, and the next transaction may run where
 * nobody prepared it.
 */
export async function examinePooled(client: pg.ClientBase): Promise<void> {
  pooled.set(client, { preparesByName: !(await keepsNames(client)) });
}

async function keepsNames(client: pg.ClientBase): Promise<boolean> {
  try {
    const { rows } = await client.query<{ kept: boolean }>(probe);
    return rows[0]?.kept !== false;
  } catch (error) {
    // 42P05: another connection's probe is prepared there. 26000: it was prepared elsewhere.
    if (error instanceof pg.DatabaseError && (error.code === '42P05' || error.code === '26000')) return true;
    throw error;
  }
}
