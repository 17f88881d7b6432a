import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isAreaCode } from '../shared/area-code.ts';
import { conflictChoices } from '../shared/import-choices.ts';
import type { ImportOptions, ImportOutcome, RowSource } from '../server/features/imports/api.ts';
import { CommandFailure } from './failure.ts';
import { formatCount, printNote, printLine, printJson } from './output.ts';
import { assertWritable } from './output-file.ts';
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

/** Adds the options of ImportChoices to a command. */
export const withImportOptions = (command: Command): Command =>
  command
    .requiredOption('--professional <email>', 'whose clients they become')
    .option('--dry-run', 'the same numbers and problems without writing anything')
    .addOption(
      new Option('--on-conflict <what>', 'a row whose phone or e-mail is that of a client who may be another person')
        .choices(conflictChoices)
        .default('skip'),
    )
    .option('--area-code <code>', 'of phones that are written without one, such as 11', readAreaCode)
    .option('--limit <rows>', 'the first rows alone', readLimit)
    .option('--rejected <file>', 'where to write the rows that were not taken, to be mended and imported again')
    .option('--json', 'the result as JSON');

interface OperatorImport {
  readonly source: 'command' | 'remote';
  /** The name of the file, or the host of the other system. */
  readonly name: string | null;
  readonly bytes: number | null;
  /** How the rows are read. */
  readonly settings: Omit<ImportOptions, 'areaCode' | 'limit'>;
  readonly open: () => Promise<RowSource>;
}

const shownProblems = 20;

/** Runs an import on the configured database and prints the result. Throws CommandFailure. */
export async function runOperatorImport(choices: ImportChoices, request: OperatorImport): Promise<void> {
  const [imports, { chooseScope }, { isActiveProfessional }] = await Promise.all([
    import('../server/features/imports/api.ts'),
    import('../server/features/clinics/api.ts'),
    import('../server/features/professionals/api.ts'),
  ]);
  if (choices.rejected !== undefined) await assertWritable('--rejected', choices.rejected);
  await withDatabase(async (db, _config, url) => {
    await imports.endAbandonedImports(db);
    const { clinicId, professionalId = '' } = await chooseScope(db, {
      clinicName: undefined,
      email: choices.professional,
    });
    if (!(await db.system((tx) => isActiveProfessional(tx, professionalId))))
      throw new CommandFailure(
        `${choices.professional} cannot have clients: without access, or with a role that treats nobody.`,
      );
    const rows = await request.open();
    const { source, name, bytes, settings } = request;
    const { id } = await db.system((tx) =>
      imports.startImport(tx, {
        clinicId,
        professionalId,
        createdBy: professionalId,
        sessionId: null,
        rows: { kind: 'at_hand', source, name, bytes },
        dryRun: choices.dryRun === true,
        onConflict: choices.onConflict,
        options: { ...settings, areaCode: choices.areaCode, limit: choices.limit },
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
    const outcome = await imports.describeOutcome(db, done, { locale: 'en', rows: shownProblems });
    if (outcome.status !== 'done') throw failures[0] ?? new CommandFailure(describeImportFailure(outcome));
    await printOutcome(outcome, choices);
  });
}

function describeImportFailure({ failure }: ImportOutcome): string {
  if (failure === undefined) return 'The import was interrupted; nothing of it was kept. Run the command again.';
  const { line, column, message, readings, columns } = failure;
  return [
    `${formatPlace(line, column)}${message}`,
    // The operator recognises the names in the right encoding.
    ...readings.flatMap(({ encoding, lines }) => [`  --encoding ${encoding}`, ...lines.map((text) => `    ${text}`)]),
    ...columns.map(
      ({ header, meaning, example }) =>
        `  --map "${header}=${meaning}"${example === undefined ? '' : `    ${example}`}`,
    ),
  ].join('\n');
}

function formatPlace(line: number | null, column: number | null): string {
  if (line === null) return '';
  return column === null ? `line ${String(line)}: ` : `line ${String(line)}, column ${String(column)}: `;
}

function describeNumbers({ kind, counts }: ImportOutcome): string[] {
  const { processed, created, updated, moved, unchanged, conflicts, rejected, booked, standing, unbooked } = counts;
  const rows = formatCount(processed, 'row');
  const left = `${formatCount(conflicts, 'conflict')}, ${String(rejected)} rejected`;
  if (kind === 'appointments')
    return [`${rows}: ${formatCount(booked, 'appointment')} booked, ${String(standing)} already there, ${left}`];
  const clients =
    `${rows}: ${String(created)} new, ${String(updated)} updated (${String(moved)} from another professional), ` +
    `${String(unchanged)} unchanged, ${left}`;
  if (booked + standing + unbooked === 0) return [clients];
  const appointments = `${String(booked)} booked, ${String(standing)} already there, ${String(unbooked)} left out`;
  return [clients, `Next appointments: ${appointments}`];
}

async function printOutcome(outcome: ImportOutcome, choices: ImportChoices): Promise<void> {
  if (choices.rejected !== undefined)
    await pipeline(Readable.from(outcome.rejectedCsv('pt-BR')), createWriteStream(choices.rejected, { mode: 0o600 }));
  const { id, status, kind, dryRun, counts, problems, moreProblems, sample } = outcome;
  if (choices.json === true) {
    printJson({ id, status, kind, dryRun, total: counts.processed, ...counts, problems, moreProblems, sample });
    return;
  }
  for (const line of describeNumbers(outcome)) printLine(line);
  for (const { line, column, message, value } of problems)
    printNote(`line ${String(line)}, column ${String(column)}: ${message} ${value}`);
  if (moreProblems > 0) printNote('… --rejected FILE writes them all');
  if (dryRun) printNote('Nothing was written: this was a dry run.');
}
