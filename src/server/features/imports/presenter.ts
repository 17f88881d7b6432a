import type { ImportJob, ImportSummary } from '../../../shared/contracts/import-job.ts';
import type { Locale } from '../../../shared/errors.ts';
import { failureMessage, type FailureRow, rowMessage } from './reporting/messages.ts';
import type { Reject } from './matching/decisions.ts';
import type { StoredImport } from './stored/import-queries.ts';
import { kindOf } from './stored/kind-of.ts';
import type { ImportOptions } from './sources/row-source.ts';
import type { UndoResult } from './undoing/undo-import.ts';
import { undoEndsAt } from '../../../shared/undo-window.ts';

/** An import's state for lists, without details. */
export function presentSummary(row: StoredImport, keptFiles: ReadonlySet<string>): ImportSummary {
  const undoUntil = row.finished_at === null ? null : undoEndsAt(row.finished_at);
  const undoable = row.status === 'done' && !row.dry_run && undoUntil !== null && undoUntil.getTime() > Date.now();
  return {
    id: row.id,
    status: row.status as ImportJob['status'],
    source: row.source as ImportJob['source'],
    kind: kindOf(row),
    dryRun: row.dry_run,
    onConflict: row.on_conflict as ImportJob['onConflict'],
    fileName: row.file_name,
    professionalId: row.professional_id,
    createdBy: row.created_by,
    total: row.total,
    progress: row.progress,
    processed: row.processed,
    created: row.created,
    updated: row.updated,
    moved: row.moved,
    renamed: row.renamed,
    unchanged: row.unchanged,
    conflicts: row.conflicts,
    rejected: row.rejected,
    booked: row.booked,
    standing: row.standing,
    unbooked: row.unbooked,
    completedPhones: row.completed_phones,
    leftOut: row.left_out,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    undoUntil: undoable ? undoUntil.toISOString() : null,
    repeatable: keptFiles.has(row.file_id ?? row.id),
  };
}

/** The JSON in `imports.header`. */
interface Header extends NonNullable<ImportJob['reading']> {
  readonly columns: ImportJob['columns'];
  readonly preview: ImportJob['preview'];
  readonly dateOrder?: ImportJob['dateOrder'];
  readonly remembered?: boolean;
}

export interface ImportDetails {
  readonly row: StoredImport;
  readonly rejects: readonly Reject[];
  /** Names of the clients that conflicting rows matched, if this person may see them, by id. */
  readonly taken: ReadonlyMap<string, string>;
  readonly keptFiles: ReadonlySet<string>;
  /** Names of the mentioned clients that this person may see, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** An import's state and results. */
export function presentImport({ row, rejects, taken, keptFiles, names }: ImportDetails, locale: Locale): ImportJob {
  const header = row.header as Header | null;
  return {
    ...presentSummary(row, keptFiles),
    reading: header === null ? null : { format: header.format, encoding: header.encoding, delimiter: header.delimiter },
    dateOrder: header?.dateOrder ?? null,
    remembered: header?.remembered ?? false,
    areaCode: (row.options as ImportOptions).areaCode ?? null,
    withoutBadFields: (row.options as ImportOptions).withoutBadFields ?? false,
    apart: [...((row.options as ImportOptions).apart ?? [])],
    columns: header?.columns ?? [],
    preview: header?.preview ?? [],
    problems: [
      ...presentFileProblem(row.failure as FailureRow | null, header, locale),
      ...rejects.flatMap((reject) => presentProblems(reject, header, taken, locale)),
    ],
    // Leaves out clients that were given to somebody else since.
    sample: (row.sample as ImportJob['sample']).filter(({ client }) => names.has(client.id)),
    failure: presentFailure(row.failure as FailureRow | null, locale),
    undo: presentUndo(row.undo as UndoResult | null, names),
  };
}

function presentProblems(
  { line, kind, cells, problems, clientId = '' }: Reject,
  header: Header | null,
  taken: ImportDetails['taken'],
  locale: Locale,
): ImportJob['problems'] {
  const name = taken.get(clientId);
  return problems.map(({ column, code, value }) => ({
    line,
    column,
    header: header?.columns[column - 1]?.header ?? null,
    name: readName(cells, header),
    code,
    message: rowMessage(code, locale),
    value,
    kind,
    client: name === undefined ? null : { id: clientId, name },
  }));
}

/** Whom a row is about: the cells of the columns that hold a name, as they stand in the file. */
function readName(cells: readonly string[], header: Header | null): string | null {
  const of = (meaning: string): string =>
    cells[header?.columns.findIndex((column) => column.meaning === meaning) ?? -1]?.trim() ?? '';
  const name = [of('fullName'), of('firstName'), of('middleName'), of('lastName')]
    .filter((part) => part !== '')
    .join(' ');
  return name === '' ? null : name.slice(0, 200);
}

/** A problem of the whole file that has a position is also listed among the problems of rows. */
function presentFileProblem(failure: FailureRow | null, header: Header | null, locale: Locale): ImportJob['problems'] {
  if (typeof failure?.line !== 'number') return [];
  const { code, line, column } = failure;
  const name = column === null ? undefined : header?.columns[column - 1]?.header;
  const message = failureMessage(failure, locale);
  return [
    {
      line,
      column: column ?? 0,
      header: name ?? null,
      name: null,
      code,
      message,
      value: name ?? '',
      kind: 'file',
      client: null,
    },
  ];
}

function presentFailure(failure: FailureRow | null, locale: Locale): ImportJob['failure'] {
  if (failure === null) return null;
  const { code, line, column, details } = failure;
  const readings = (details['readings'] ?? []) as NonNullable<ImportJob['failure']>['readings'];
  return { code, message: failureMessage(failure, locale), line, column, readings };
}

const presentUndo = (undo: UndoResult | null, names: ImportDetails['names']): ImportJob['undo'] =>
  undo === null
    ? null
    : {
        ...undo,
        keptClients: undo.keptClients.flatMap(({ id, fields }) => {
          const name = names.get(id);
          return name === undefined ? [] : [{ id, name, fields: [...fields] }];
        }),
        appointments: presentAppointments(undo.appointments, names),
      };

function presentAppointments(
  { removed, kept, first }: UndoResult['appointments'] = { removed: 0, kept: 0, first: [] },
  names: ImportDetails['names'],
) {
  const shown = first.flatMap(({ id, clientId, startAt }) => {
    const name = names.get(clientId);
    return name === undefined ? [] : [{ id, client: { id: clientId, name }, startAt }];
  });
  return { removed, kept, first: shown };
}
