import type { RowSource } from './row-source.ts';
import { asItWas } from './refused-list.ts';
import type { ByteSource } from './reading/source.ts';
import { openTable } from './reading/table.ts';
import { measured } from './stored-file.ts';

/** Bytes of a short row of a client list: the number of rows is estimated rather too high. */
const bytesPerRow = 120;

/** The rows of a file. */
export function fileRows(file: ByteSource): RowSource {
  const source = measured(file);
  return {
    expectedRows: Math.ceil(file.size / bytesPerRow),
    open: async (options) => asItWas(await openTable(source, options)),
    progress: () => source.position() / Math.max(1, source.size),
  };
}
