import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { RowProblem, RowProblemCode } from '../reading/rows/rows.ts';
import type { Reject } from '../matching/decisions.ts';

/** Rejected rows that are stored together, compressed. */
export interface PackedRejects {
  /** The line of the first row. */
  readonly line: number;
  readonly packed: Buffer;
}

const compress = promisify(deflateRaw);
const expand = promisify(inflateRaw);

const rowsTogether = 1000;
/** The most characters of cells that are stored together. */
const weightTogether = 256 * 1024;
/** The most problems of a row; the others show once these are corrected. */
const problemsKept = 10;

/** The kinds by their places; earlier releases wrote the first two. */
const kinds = ['rejected', 'conflict', 'unbooked'] as const satisfies readonly Reject['kind'][];

type SentProblem = readonly [column: number, code: RowProblemCode, value: string];
type SentReject = readonly [
  line: number,
  kind: 0 | 1 | 2,
  cells: readonly string[],
  problems: readonly SentProblem[],
  clientId: string | null,
];

/** Packs rows in the order given. Compression runs outside the event loop. */
export async function packRejects(rejects: readonly Reject[]): Promise<PackedRejects[]> {
  const pages: PackedRejects[] = [];
  for (let at = 0; at < rejects.length;) {
    const [first] = rejects.slice(at, at + 1);
    const page: SentReject[] = [];
    let weight = 0;
    for (; at < rejects.length && page.length < rowsTogether && weight < weightTogether; at++) {
      const reject = rejects[at];
      if (reject === undefined) break;
      for (const cell of reject.cells) weight += cell.length;
      page.push(sent(reject));
    }
    pages.push({ line: first?.line ?? 0, packed: await compress(Buffer.from(JSON.stringify(page)), { level: 6 }) });
  }
  return pages;
}

function sent({ line, kind, cells, problems, clientId }: Reject): SentReject {
  const kept = problems
    .slice(0, problemsKept)
    .map((problem): SentProblem => [problem.column, problem.code, problem.value]);
  const left = problems.length - kept.length;
  const more: SentProblem[] = left > 0 ? [[0, 'more_problems', String(left)]] : [];
  return [line, kinds.indexOf(kind) as SentReject[1], cells, [...kept, ...more], clientId ?? null];
}

export async function unpackRejects(packed: Buffer): Promise<Reject[]> {
  const page = JSON.parse((await expand(packed)).toString('utf8')) as SentReject[];
  return page.map(([line, kind, cells, problems, clientId]) => ({
    line,
    kind: kinds[kind],
    cells,
    problems: problems.map(([column, code, value]): RowProblem => ({ column, code, value })),
    clientId: clientId ?? undefined,
  }));
}
