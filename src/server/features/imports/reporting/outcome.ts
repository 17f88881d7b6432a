import { isColumnFailure } from '../../../../shared/contracts/import-columns.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import type { Locale } from '../../../../shared/errors.ts';
import type { Database } from '../../../db/transaction.ts';
import type { Reject } from '../matching/decisions.ts';
import type { StoredImport } from '../stored/import-queries.ts';
import { kindOf } from '../stored/kind-of.ts';
import { failureMessage, type FailureRow, rowMessage } from './messages.ts';
import { findRejects } from './reject-queries.ts';
import { rejectedCsv } from './rejected-csv.ts';

/** How an import ended, for the command line. */
export interface ImportOutcome {
  readonly id: string;
  readonly status: string;
  readonly kind: ImportJob['kind'];
  readonly dryRun: boolean;
  readonly counts: Pick<
    ImportJob,
    | ('processed' | 'created' | 'updated' | 'moved' | 'unchanged' | 'conflicts' | 'rejected')
    | ('booked' | 'standing' | 'unbooked')
  >;
  /** Some updates, as examples. */
  readonly sample: unknown;
  /** Why nothing was imported; undefined also when it was interrupted. */
  readonly failure: ImportFailure | undefined;
  /** Why the first rejected rows were rejected. */
  readonly problems: readonly RowReason[];
  /** The number of rejected rows of which `problems` says nothing. */
  readonly moreProblems: number;
  /** The rejected rows as CSV, to be corrected and imported again. */
  readonly rejectedCsv: (locale: Locale) => AsyncIterable<string>;
}

interface ImportFailure {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Sample lines of the file in each possible encoding. */
  readonly readings: readonly { readonly encoding: string; readonly lines: readonly string[] }[];
  /** When a person has to map the columns: the guessed meaning of each, with its first value. */
  readonly columns: readonly { readonly header: string; readonly meaning: string; readonly example?: string }[];
}

interface RowReason {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly value: string;
}

/** Describes an import that has ended, with the reasons for at most `rows` rows. */
export async function describeOutcome(
  db: Database,
  row: StoredImport,
  { locale, rows }: { readonly locale: Locale; readonly rows: number },
): Promise<ImportOutcome> {
  const read = (after: number) => db.system((tx) => findRejects(tx, row.id, after));
  const { processed, created, updated, moved, unchanged, conflicts, rejected, booked, standing, unbooked } = row;
  const rejects = await firstRejects(read, rows);
  const refused = conflicts + rejected + unbooked;
  return {
    id: row.id,
    status: row.status,
    kind: kindOf(row),
    dryRun: row.dry_run,
    counts: {
      ...{ processed, created, updated, moved, unchanged, conflicts, rejected },
      ...{ booked, standing, unbooked },
    },
    sample: row.sample,
    failure: row.failure === null ? undefined : describeFailure(row, row.failure as unknown as FailureRow, locale),
    problems: rejects.flatMap(({ line, problems }) =>
      problems.map(({ column, code, value }) => ({ line, column, code, message: rowMessage(code, locale), value })),
    ),
    moreProblems: Math.max(0, refused - rejects.length),
    rejectedCsv: (language) => rejectedCsv(read, row, language),
  };
}

/** The first rejected rows: what was booked at the end stands on pages of its own. */
async function firstRejects(
  read: (after: number) => ReturnType<typeof findRejects>,
  most: number,
): Promise<readonly Reject[]> {
  const rejects: Reject[] = [];
  for (let found = await read(-1); found !== undefined && rejects.length < most; found = await read(found.page))
    rejects.push(...found.rejects);
  return rejects.slice(0, most);
}

function describeFailure(row: StoredImport, failure: FailureRow, locale: Locale): ImportFailure {
  const { code, line, column, details } = failure;
  const { readings } = details;
  return {
    message: failureMessage(failure, locale),
    line,
    column,
    readings: Array.isArray(readings) ? (readings as ImportFailure['readings']) : [],
    columns: isColumnFailure(code) ? describeColumns(row) : [],
  };
}

function describeColumns({ header }: StoredImport): ImportFailure['columns'] {
  const { columns = [], preview = [] } = (header ?? {}) as {
    columns?: { header: string; meaning: string }[];
    preview?: { extra: Record<string, string> }[];
  };
  return columns
    .filter((column) => column.header !== '')
    .map((column) => {
      const example = preview.map(({ extra }) => extra[column.header]).find((text) => text !== undefined);
      return { ...column, ...(example !== undefined && { example }) };
    });
}
