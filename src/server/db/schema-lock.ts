import type pg from 'pg';

const lockKey = 4_218_003;

/** Makes processes that change the schema wait for one another. The lock ends with the connection. */
export const lockSchema = (client: pg.ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_lock($1)', [lockKey]);

/** The same lock until the transaction ends. */
export const lockSchemaForTransaction = (client: pg.ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock($1)', [lockKey]);
