import type { RowSource } from './row-source.ts';
import type { ByteSource } from './reading/source.ts';
import { openTable } from './reading/table.ts';
import { measured } from './stored-file.ts';

/** Bytes that a row of a client list has at least; a guess on the high side of rows. */
const bytesPerRow = 120;

/** The rows of a file. */
export function fileRows(file: ByteSource): RowSource {
  const source = measured(file);
  return {
    expectedRows: Math.ceil(file.size / bytesPerRow),
    open: (options) => openTable(source, options),
    progress: () => source.position() / Math.max(1, source.size),
  };
}
