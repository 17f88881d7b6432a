import type pg from 'pg';
import type { Transaction } from './transaction.ts';

/** Lets queries run in the transaction of a connection that somebody else opened. */
export const createTransaction = (client: pg.ClientBase): Transaction => ({
  run: async <Row>(query: Parameters<Transaction['run']>[0]) => {
    const { sql, parameters } = 'compile' in query ? query.compile() : query;
    return (await client.query(sql, [...parameters])).rows as Row[];
  },
});
