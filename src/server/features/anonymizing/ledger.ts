import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const line = z.object({
  clinicId: z.uuid(),
  clientId: z.uuid(),
  /** The professional who did it. */
  by: z.uuid().nullable(),
  /** RFC 3339, UTC. */
  at: z.iso.datetime(),
});
export type LedgerEntry = z.output<typeof line>;
type NewEntry = Omit<LedgerEntry, 'at'> & { readonly at?: string };

/** Who is in a file of the ledger. Lines that are no entries, such as one cut off by a crash, are passed over. */
export const parseLedger = (text: string): LedgerEntry[] =>
  text.split('\n').flatMap((json) => {
    const parsed = line.safeParse(parseJson(json));
    return parsed.success ? [parsed.data] : [];
  });

/** The text of a file of the ledger, with each person once. */
export const formatLedger = (entries: readonly LedgerEntry[]): string =>
  [...new Map(entries.toReversed().map((entry) => [nameOf(entry), entry])).values()]
    .toReversed()
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');

const nameOf = ({ clinicId, clientId }: Pick<LedgerEntry, 'clinicId' | 'clientId'>): string =>
  `${clinicId} ${clientId}`;

/**
 * Who was made anonymous, outside of the database: ids and times, one line of JSON each, only ever added to. A backup that is older
 * than the act brings the person back; by this file the server does the act again (docs/operations.md).
 */
export class Ledger {
  readonly #folder: string;
  readonly #file: string;

  constructor({ dataDir }: { readonly dataDir: string }) {
    this.#folder = dataDir;
    this.#file = join(dataDir, 'anonymized.jsonl');
  }

  /** Everybody who is written down. */
  async read(): Promise<LedgerEntry[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    return parseLedger(text);
  }

  /** Writes down who is not there yet. */
  async add(entries: readonly NewEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const known = new Set((await this.read()).map(nameOf));
    const added = entries.filter((entry) => !known.has(nameOf(entry)));
    if (added.length === 0) return;
    const now = new Date().toISOString();
    await mkdir(this.#folder, { recursive: true });
    // The empty line first, in case the last one was cut off.
    await appendFile(this.#file, `\n${added.map((entry) => JSON.stringify({ at: now, ...entry })).join('\n')}\n`, {
      flush: true,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
