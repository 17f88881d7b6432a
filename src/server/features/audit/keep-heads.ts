import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import { enqueue } from '../../jobs/queue.ts';
import { takeHeads, writeHeads } from './chain-head.ts';
import { headJob } from './head-job.ts';

interface HeadDependencies {
  readonly db: Database;
  readonly config: Pick<Config, 'dataDir' | 'auditHeadEmail'>;
}

/**
 * Makes the periodic task by which the ends of the chains leave the database once a day: to a file of the day in the data folder
 * and, where an address is configured, by mail. Whoever can change everything in the database changes neither.
 */
export function makeHeadKeeper({ db, config }: HeadDependencies): () => Promise<void> {
  const folder = join(config.dataDir, 'audit-heads');
  let kept = '';
  return async () => {
    const day = new Date().toISOString().slice(0, 10);
    const file = join(folder, `${day}.jsonl`);
    if (kept === day || (await exists(file))) return;
    const heads = writeHeads(await takeHeads(db));
    if (heads === '') return;
    const email = config.auditHeadEmail;
    // One attempt a day by mail, also where the folder cannot be written to.
    if (email !== undefined) {
      kept = day;
      await db.system((tx) => enqueue(tx, headJob, { day, heads }, 'audit_heads'));
    }
    await mkdir(folder, { recursive: true });
    await writeFile(file, heads, { flag: 'wx' });
    kept = day;
  };
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
