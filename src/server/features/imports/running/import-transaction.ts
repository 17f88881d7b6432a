import type pg from 'pg';
import type { Sendable } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** The transaction in which an import writes clients and its result, on its own connection. */
export class ImportTransaction implements Transaction {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  /** Begins without a time limit for statements. */
  async begin(): Promise<void> {
    await this.#client.query('begin');
    await this.#client.query(`select set_config('app.system', 'on', true)`);
    await this.#client.query(
      `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = '10min'`,
    );
  }

  async run<Row>(query: Sendable<Row>): Promise<Row[]> {
    const { sql, parameters } = 'compile' in query ? query.compile() : query;
    const { rows } = await this.#client.query(sql, [...parameters]);
    return rows as Row[];
  }

  async commit(): Promise<void> {
    await this.#client.query('commit');
  }

  async rollback(): Promise<void> {
    await this.#client.query('rollback');
  }
}
