import type { Database } from '../../db/transaction.ts';

/** Placeholder signature: fills an empty database with “Clínica Exemplo”. */
export async function seedDemoClinic(db: Database): Promise<boolean> {
  await db.system((tx) => tx.run({ sql: 'select 1', parameters: [] } as never));
  return false;
}
