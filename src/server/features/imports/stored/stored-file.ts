import type { Database } from '../../../db/transaction.ts';
import { findFilePart } from './import-queries.ts';
import type { ByteSource } from '../reading/records/source.ts';

/** The bytes of an uploaded file, from the database: any server that runs the job can read them. */
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

/** A source that knows how much of it has been read. */
export function measured(source: ByteSource): ByteSource & { readonly position: () => number } {
  let taken = 0;
  return {
    size: source.size,
    position: () => taken,
    async *read() {
      taken = 0;
      for await (const bytes of source.read()) {
        taken += bytes.length;
        yield bytes;
      }
    },
  };
}
