import type { Database } from '../../../db/transaction.ts';
import { findFilePart } from './file-queries.ts';
import type { ByteSource } from '../reading/records/source.ts';

/** Reads an uploaded file from the database, where any server that runs the job can read it. */
export const storedFile = (db: Database, fileId: string, size: number): ByteSource => ({
  size,
  async *read() {
    for (let part = 0; ; part++) {
      const bytes = await db.system((tx) => findFilePart(tx, fileId, part));
      if (bytes === undefined) return;
      yield bytes;
    }
  },
});
