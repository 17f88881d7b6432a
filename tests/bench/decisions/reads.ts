import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { createPool } from '../../../src/server/db/pool.ts';
import { Database } from '../../../src/server/db/transaction.ts';
import type { BenchClinic } from './fill-clinic.ts';
import { type Comparison, perSecond } from './measure.ts';

const role = 'professional' as const;
const statement = 'select * from clients where id = $1';

/** Reads one client with session check and row-level security: all statements in one round trip, or one after the other. */
export async function compareReads(url: string, clinic: BenchClinic): Promise<Comparison[]> {
  const pools = [true, false].map((pipeline) => createPool({ url, max: 16, idleSeconds: 60, pipeline }));
  const [piped, plain] = pools as [pg.Pool, pg.Pool];
  const db = new Database(piped);
  const session = { sessionId: clinic.sessionId, role };
  const idOf = (turn: number): string => clinic.clientIds[turn % clinic.clientIds.length] ?? '';
  try {
    const ours = await perSecond((turn) =>
      db.read(session, (tx) => tx.run(CompiledQuery.raw(statement, [idOf(turn)]))),
    );
    const other = await perSecond(async (turn) => {
      const client = await plain.connect();
      await client.query('begin');
      await client.query({ name: 'enter', text: 'select app.enter($1, $2)', values: [clinic.sessionId, role] });
      await client.query({ name: 'read', text: statement, values: [idOf(turn)] });
      await client.query('commit');
      client.release();
    });
    return [
      {
        name: 'one client: one trip | trip by trip',
        ours: ours.toFixed(0),
        other: other.toFixed(0),
        unit: 'reads/s',
        ratio: ours / other,
      },
    ];
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
  }
}
