import type pg from 'pg';
import type { Transaction } from './transaction.ts';

/** Lets queries run in the transaction of a connection that somebody else opened, one after the other. */
export const createTransaction = (client: pg.ClientBase): Transaction => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: <Row>(query: Parameters<Transaction['run']>[0]) => {
      const { sql, parameters } = 'compile' in query ? query.compile() : query;
      const answer = last.then(async () => (await client.query(sql, [...parameters])).rows as Row[]);
      last = answer.catch(() => undefined);
      return answer;
    },
  };
};
