import { z } from 'zod';
import type { Database } from '../../db/transaction.ts';
import type { ChainFault } from './chain-faults.ts';
import { findHash, listHeads } from './chain-queries.ts';

/** The end of a clinic's chain at a moment. Kept elsewhere, it proves later that nothing before it was cut off or sealed anew. */
export interface ChainHead {
  /** RFC 3339, UTC. */
  readonly takenAt: string;
  readonly clinicId: string;
  /** The number of links. */
  readonly links: number;
  /** The hash of the last one, in hex. */
  readonly head: string;
}

const chainHead = z.object({
  takenAt: z.iso.datetime(),
  clinicId: z.uuid(),
  links: z.number().int().positive(),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The ends of all chains as they are now. */
export async function takeHeads(db: Database): Promise<ChainHead[]> {
  const takenAt = new Date().toISOString();
  const rows = await db.system(listHeads);
  return rows.map(({ clinic_id: clinicId, sequence, hash }) => ({
    ...{ takenAt, clinicId, links: Number(sequence), head: hash.toString('hex') },
  }));
}

/** One line of JSON for each head, so that files of several days can be joined. */
export const writeHeads = (heads: readonly ChainHead[]): string =>
  heads.map((head) => `${JSON.stringify(head)}\n`).join('');

/** Reads what writeHeads wrote, oldest first. @returns the number of the first line that is none, instead */
export function readHeads(text: string): ChainHead[] | number {
  const heads: ChainHead[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = chainHead.safeParse(parseJson(line));
    if (!parsed.success) return index + 1;
    heads.push(parsed.data);
  }
  return heads.sort((one, other) => one.links - other.links);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Compares a clinic's chain of so many links with the heads that were noted of it, the shortest first. */
export async function compareHeads(
  db: Database,
  clinicId: string,
  links: number,
  heads: readonly ChainHead[],
): Promise<ChainFault[]> {
  let agreed = 0;
  for (const noted of heads) {
    if (noted.links > links)
      return [{ sequence: links + 1, eventId: undefined, reason: 'tail_cut', other: heads.at(-1)?.links ?? links }];
    const hash = await db.system((tx) => findHash(tx, clinicId, noted.links));
    if (hash?.toString('hex') !== noted.head)
      return [{ sequence: agreed + 1, eventId: undefined, reason: 'sealed_anew', other: noted.links }];
    agreed = noted.links;
  }
  return [];
}
