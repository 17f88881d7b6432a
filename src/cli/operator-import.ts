import { constants, createWriteStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isAreaCode } from '../shared/area-code.ts';
import type { Database } from '../server/db/transaction.ts';
import type { ImportRow } from '../server/features/imports/queries.ts';
import type { RowSource } from '../server/features/imports/row-source.ts';
import { CommandFailure } from './failure.ts';
import { counted, note, say, sayJson } from './output.ts';
import { createProgress } from './progress.ts';
import { withDatabase } from './with-database.ts';

/** The options of both import commands. */
export interface ImportChoices {
  readonly professional: string;
  readonly dryRun?: true;
  readonly onConflict: 'skip' | 'update' | 'create';
  readonly areaCode?: string;
  readonly limit?: number;
  readonly rejected?: string;
  readonly json?: true;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidArgumentError('It is a number of rows from 1 on.');
  return limit;
}

function readAreaCode(text: string): string {
  if (!isAreaCode(text)) throw new InvalidArgumentError('It is a Brazilian area code, such as 11.');
  return text;
}

/** Adds these options to a command. */
export const withImportOptions = (command: Command): Command =>
  command
    .requiredOption('--professional <email>', 'whose clients they become')
    .option('--dry-run', 'the same numbers and problems without writing anything')
    .addOption(
      new Option('--on-conflict <what>', 'a row whose phone or e-mail is that of a client who may be another person')
        .choices(['skip', 'update', 'create'])
        .default('skip'),
    )
    .option('--area-code <code>', 'of phones that are written without one, such as 11', readAreaCode)
    .option('--limit <rows>', 'the first rows alone', readLimit)
    .option('--rejected <file>', 'where to write the rows that were not taken, to be mended and imported again')
    .option('--json', 'the result as JSON');

interface OperatorImport {
  /** The command. */
  readonly name: string;
  readonly source: 'command' | 'remote';
  readonly fileName: string | null;
  readonly fileBytes: number | null;
  /** `imports.options` besides the limit. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly open: () => Promise<RowSource>;
}

const shownProblems = 20;

/** Runs an import on the configured database and prints the result. Throws CommandFailure. */
export async function runOperatorImport(choices: ImportChoices, request: OperatorImport): Promise<void> {
  const [imports, queries, { chooseScope }] = await Promise.all([
    import('../server/features/imports/run-import.ts'),
    import('../server/features/imports/queries.ts'),
    import('../server/features/clinics/api.ts'),
  ]);
  if (choices.rejected !== undefined) await assertWritable(choices.rejected);
  await withDatabase(async (db, _config, url) => {
    await imports.markAbandoned(db);
    const { clinicId, professionalId = '' } = await chooseScope(db, {
      clinicName: undefined,
      email: choices.professional,
    });
    const rows = await request.open();
    const { id } = await db.system((tx) =>
      queries.insertImport(tx, {
        clinicId,
        professionalId,
        createdBy: professionalId,
        sessionId: null,
        source: request.source,
        fileName: request.fileName,
        fileBytes: request.fileBytes,
        fileId: null,
        dryRun: choices.dryRun === true,
        onConflict: choices.onConflict,
        options: { ...request.settings, areaCode: choices.areaCode, limit: choices.limit },
      }),
    );
    const progress = createProgress();
    const failures: Error[] = [];
    const done = await imports.runImport(
      {
        db,
        url,
        onProgress: ({ counts, share }) => {
          progress.show(share, `${String(counts.processed)} rows`);
        },
        onError: (error) => failures.push(error instanceof Error ? error : new Error(String(error))),
      },
      id,
      rows,
    );
    progress.end();
    await tell(db, done, choices, failures);
  });
}

/** Checked before the import: afterwards the list of refused rows would be lost. Throws CommandFailure. */
async function assertWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error('it is a folder');
    if (found !== undefined) await access(file, constants.W_OK);
  } catch (error) {
    throw new CommandFailure(`--rejected ${file} cannot be written: ${(error as Error).message}`);
  }
}

async function tell(db: Database, row: ImportRow, choices: ImportChoices, failures: readonly Error[]): Promise<void> {
  const [{ findRejects }, { rejectedCsv }, { failureMessage, rowMessage }, { isColumnFailure }] = await Promise.all([
    import('../server/features/imports/queries.ts'),
    import('../server/features/imports/rejected-csv.ts'),
    import('../server/features/imports/messages.ts'),
    import('../shared/contracts/imports.ts'),
  ]);
  if (row.status !== 'done') {
    const failure = row.failure as Parameters<typeof failureMessage>[0] | null;
    if (failures[0] !== undefined) throw failures[0];
    throw new CommandFailure(
      failure === null
        ? 'The import was interrupted; nothing of it was kept. Run the command again.'
        : [
            `${placeOf(failure)}${failureMessage(failure, 'en')}`,
            ...readingsOf(failure),
            ...(isColumnFailure(failure.code) ? columnsOf(row) : []),
          ].join('\n'),
    );
  }
  const read = (after: number) => db.system((tx) => findRejects(tx, row.id, after));
  if (choices.rejected !== undefined)
    await pipeline(
      Readable.from(rejectedCsv(read, row, 'pt-BR')),
      createWriteStream(choices.rejected, { mode: 0o600 }),
    );
  const { processed, created, updated, moved, unchanged, conflicts, rejected } = row;
  const problems = ((await read(-1))?.rejects ?? []).slice(0, shownProblems).flatMap((reject) =>
    reject.problems.map(({ column, code, value }) => ({
      line: reject.line,
      column,
      code,
      message: rowMessage(code, 'en'),
      value,
    })),
  );
  if (choices.json === true) {
    const counts = { total: processed, processed, created, updated, moved, unchanged, conflicts, rejected };
    sayJson({ id: row.id, status: row.status, dryRun: row.dry_run, ...counts, problems, sample: row.sample });
    return;
  }
  say(
    `${counted(processed, 'row')}: ${String(created)} new, ${String(updated)} updated (${String(moved)} from another professional), ` +
      `${String(unchanged)} unchanged, ${counted(conflicts, 'conflict')}, ${String(rejected)} rejected`,
  );
  for (const { line, column, message, value } of problems)
    note(`line ${String(line)}, column ${String(column)}: ${message} ${value}`);
  if (conflicts + rejected > shownProblems) note('… --rejected FILE writes them all');
  if (row.dry_run) note('Nothing was written: this was a dry run.');
}

function placeOf({ line, column }: { readonly line: number | null; readonly column: number | null }): string {
  if (line === null) return '';
  return column === null ? `line ${String(line)}: ` : `line ${String(line)}, column ${String(column)}: `;
}

/** Lines of the file in each encoding: whoever knows the names sees which is right. */
function readingsOf({ details: { readings } }: { readonly details: Readonly<Record<string, unknown>> }): string[] {
  if (!Array.isArray(readings)) return [];
  return (readings as { encoding: string; lines: string[] }[]).flatMap(({ encoding, lines }) => [
    `  --encoding ${encoding}`,
    ...lines.map((line) => `    ${line}`),
  ]);
}

/** How each column is mapped, with the first value that was read from it. */
function columnsOf({ header }: ImportRow): string[] {
  const { columns = [], preview = [] } = (header ?? {}) as {
    columns?: { header: string; meaning: string }[];
    preview?: { extra: Record<string, string> }[];
  };
  return columns
    .filter((column) => column.header !== '')
    .map((column) => {
      const example = preview.map(({ extra }) => extra[column.header]).find((text) => text !== undefined);
      return `  --map "${column.header}=${column.meaning}"${example === undefined ? '' : `    ${example}`}`;
    });
}
