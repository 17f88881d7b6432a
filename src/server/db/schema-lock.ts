import type pg from 'pg';

const lockKey = 4_218_003;

/** Waits until no other process changes the schema, then locks it until the connection ends. */
export const lockSchema = (client: pg.ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_lock($1)', [lockKey]);

/** The same lock until the transaction ends. */
export const lockSchemaForTransaction = (client: pg.ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock($1)', [lockKey]);
