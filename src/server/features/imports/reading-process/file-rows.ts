import { openInProcess } from './open-in-process.ts';
import { type ByteSource, fileSource, measured } from '../reading/records/source.ts';
import type { RowSource } from '../sources/row-source.ts';

/** Bytes of a short row, so that the estimated number of rows is rather too high. */
const bytesPerRow = 120;

/** The rows of a file, read in a separate process until the signal aborts. */
export function fileRows(file: ByteSource, signal?: AbortSignal): RowSource {
  const source = measured(file);
  return {
    expectedRows: Math.ceil(file.size / bytesPerRow),
    open: (options) => openInProcess(source, options, signal),
    progress: () => source.position() / Math.max(1, source.size),
  };
}

/** Opens a file on this machine. Throws when it cannot be read. */
export async function openFile(path: string): Promise<{ readonly bytes: number; readonly rows: RowSource }> {
  const source = await fileSource(path);
  return { bytes: source.size, rows: fileRows(source) };
}
