import { z } from 'zod';
import { appointmentColumns, nextAppointmentColumns } from '../appointment-columns.ts';
import { isAreaCode } from '../area-code.ts';
import { importFields } from '../client-fields.ts';
import { conflictChoices, dateOrders, encodings } from '../import-choices.ts';
import { multilineText } from '../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

const areaCode = z.string().refine(isAreaCode, { error: 'invalid_area_code' });

/** What a column can be mapped to: a client's field or a part of one, something of an appointment, or nothing at all. */
export const columnMeanings = [
  ...importFields,
  ...nextAppointmentColumns,
  ...appointmentColumns,
  'fullName',
  'middleName',
  'areaCode',
  'sharedPhone',
  'professionalEmail',
  'archivedAt',
  'extraObject',
  'extra',
  'ignore',
] as const;
export type ColumnMeaning = (typeof columnMeanings)[number];

/** Whether several columns may have this meaning. A client's field takes one column only. */
export const isShareable = (meaning: ColumnMeaning): boolean =>
  meaning === 'extra' || meaning === 'ignore' || meaning === 'areaCode';

/** Codes of failures that a person can solve by saying what the columns hold. */
const columnFailures: ReadonlySet<string> = new Set([
  'no_known_column',
  'no_header',
  'duplicate_header',
  'duplicate_mapping',
  'invalid_mapping',
]);
export const isColumnFailure = (code: string): boolean => columnFailures.has(code);

export const importStatus = z
  .enum(['queued', 'running', 'interrupted', 'done', 'failed', 'undoing', 'undone'])
  .describe('`interrupted`: it ended half way and nothing of it was kept; it can be repeated');
export type ImportStatus = z.output<typeof importStatus>;
const onConflict = z
  .enum(conflictChoices)
  .describe(
    'what becomes of a row whose phone or e-mail is that of a client who may be another person; `update` takes both for one if only surnames differ',
  );

const count = z.number().int();

const summaryShape = {
  id: uuid,
  status: importStatus,
  source: z.enum(['web', 'command', 'remote']),
  kind: z
    .enum(['clients', 'appointments'])
    .describe('what the file lists; `clients` until its columns were read. A list of appointments changes no client'),
  dryRun: z.boolean(),
  onConflict,
  fileName: z.string().nullable(),
  professionalId: uuid.describe('whose clients they become'),
  createdBy: uuid,
  total: count.nullable().describe('rows of the file; null until its end was seen'),
  progress: z.number().describe('how much of the file has been read, 0 to 1'),
  processed: count,
  created: count,
  updated: count,
  moved: count.describe('of those updated, how many came from another professional'),
  renamed: count.describe('of those updated, how many had a name and get another one'),
  unchanged: count,
  conflicts: count,
  rejected: count,
  booked: count.describe('appointments that are new in the agenda'),
  standing: count.describe('appointments of the file that were in the agenda already'),
  unbooked: count.describe('rows of clients that come in without their next appointment'),
  completedPhones: count.describe(
    'of the rows that came in, how many had a phone without area code that was completed',
  ),
  leftOut: count.describe('fields that could not be read, and were kept in `extra` while their rows came in'),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  undoUntil: timestamp.nullable().describe('until when it can be taken back'),
  repeatable: z.boolean().describe('whether its file is still here'),
};
export const importSummary = z.object(summaryShape);
export type ImportSummary = z.output<typeof importSummary>;

const namedClient = z.object({ id: uuid, name: z.string() });

export const importJob = z.object({
  ...summaryShape,
  reading: z
    .object({
      format: z.enum(['csv', 'xlsx', 'vcard', 'remote']),
      encoding: z.enum(encodings).nullable(),
      delimiter: z.string().nullable(),
    })
    .nullable(),
  dateOrder: z
    .enum(['day', 'month'])
    .nullable()
    .describe('what came first in dates whose parts could be either; null if there were none'),
  remembered: z.boolean().describe('columns were mapped as somebody of the clinic did for an earlier file'),
  withoutBadFields: z.boolean().describe('rows come in without the fields that cannot be read'),
  apart: z.array(count).describe('lines that a person said are not the client they match'),
  areaCode: z.string().nullable().describe('what phones that are written without an area code were given'),
  columns: z.array(z.object({ header: z.string(), meaning: z.enum(columnMeanings) })),
  preview: z
    .array(
      z.object({
        line: count,
        values: z.record(z.string(), z.string()),
        tags: z.array(z.string()),
        extra: z.record(z.string(), z.string()),
      }),
    )
    .describe('the first rows as they are read'),
  problems: z
    .array(
      z.object({
        line: count,
        column: count.describe('from 1; 0 for the row as a whole'),
        header: z.string().nullable(),
        name: z.string().nullable().describe('whom the row is about, as it stands in the file'),
        code: z.string(),
        message: z.string(),
        value: z.string(),
        kind: z
          .enum(['rejected', 'conflict', 'unbooked', 'file'])
          .describe(
            '`unbooked`: the client comes in, the next appointment does not; `file`: for this none of its rows was taken',
          ),
        client: namedClient
          .nullable()
          .describe('whom a conflicting row may be, or who has the time, if the caller may see the client'),
      }),
    )
    .describe('the first hundred; rejected.csv has all'),
  sample: z
    .array(
      z.object({
        line: count,
        client: namedClient,
        changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
      }),
    )
    .describe('some of the updates, field by field'),
  failure: z
    .object({
      code: z.string(),
      message: z.string(),
      line: count.nullable(),
      column: count.nullable(),
      readings: z
        .array(z.object({ encoding: z.enum(encodings), lines: z.array(z.string()) }))
        .describe('where the bytes can be read in more than one way: lines that tell the ways apart'),
    })
    .nullable(),
  undo: z
    .object({
      removed: count,
      restored: count,
      kept: count.describe('clients that somebody has changed since: what was changed stays'),
      keptClients: z
        .array(namedClient.extend({ fields: z.array(z.string()).describe('empty for a client as a whole') }))
        .describe('the first hundred'),
      appointments: z.object({
        removed: count,
        kept: count.describe(
          'appointments that somebody has changed since, or of which the client was told: they stay',
        ),
        first: z
          .array(z.object({ id: uuid, client: namedClient, startAt: timestamp }))
          .describe('the first hundred of those kept'),
      }),
    })
    .nullable(),
});
export type ImportJob = z.output<typeof importJob>;

const mapping = z
  .record(multilineText(5_000), z.enum(columnMeanings))
  // A file may have 512 columns.
  .refine((columns) => Object.keys(columns).length <= 512, 'invalid_value');

/** JSON within a field of a form. */
const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'invalid_value' });
    return z.NEVER;
  }
});
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Which comes first in dates such as `03/04/1990`. */

const reading = {
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  dateOrder: z
    .enum(dateOrders)
    .optional()
    .describe('what comes first in dates such as `03/04/1990`; found out by the whole column when left out'),
};
/** How a person decides about single rows, for files whose rows are counted by line. */
const rowChoices = {
  withoutBadFields: z
    .boolean()
    .optional()
    .describe('a row with a field that cannot be read comes in without it; the text is kept in `extra`'),
  apart: z
    .array(z.number().int().positive())
    .max(500)
    .optional()
    .describe(
      'lines that are not the client they match: they become clients of their own, or stay out for their document',
    ),
};
const ofPhones = 'of phones that are written without one';

/** The fields of the form that go with `file`. */
export const importForm = z.strictObject({
  professionalId: uuid.optional().describe('whose clients they become; your own where it is left out'),
  dryRun: flag.default(false),
  onConflict: onConflict.default('skip'),
  mapping: jsonText.pipe(mapping).optional().describe('JSON: what each column holds, by its header'),
  ...reading,
  areaCode: areaCode.optional().describe(ofPhones),
});

/** Imports a stored file again, perhaps with other settings. */
export const importRepeat = z.strictObject({
  dryRun: z.boolean().default(false),
  onConflict: onConflict.optional(),
  mapping: mapping.optional(),
  ...reading,
  areaCode: areaCode.nullable().optional().describe(`${ofPhones}; null for none any more`),
  ...rowChoices,
});
export type ImportRepeat = z.output<typeof importRepeat>;

const tag = 'imports';
const access = 'session';

export const importRoutes = defineRoutes({
  'POST /imports': {
    summary: 'Import clients, or appointments of clients, from a file (CSV, XLSX or vCard)',
    tag,
    access,
    body: importForm,
    consumes: 'multipart/form-data',
    senders: 'imports.run',
    idempotent: true,
    status: 202,
    response: importJob,
    errors: [
      'invalid_request',
      'forbidden',
      'payload_too_large',
      'idempotency_key_reused',
      'too_many_requests',
      'too_many_imports',
    ],
  },
  'GET /imports': {
    summary: 'Imports of the last 30 days, the newest first',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(importSummary),
    errors: ['forbidden', 'invalid_request'],
  },
  'GET /imports/template.csv': {
    summary: 'A list to fill in: all headings that are understood, and a line as an example',
    tag,
    access,
    status: 200,
    produces: 'text/csv',
    errors: ['forbidden'],
  },
  'GET /imports/template.xlsx': {
    summary: 'The same as a workbook',
    tag,
    access,
    status: 200,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    errors: ['forbidden'],
  },
  'GET /imports/{id}': {
    summary: 'How an import stands, and what it did',
    tag,
    access,
    params: idParams,
    status: 200,
    response: importJob,
    errors: ['not_found', 'forbidden'],
  },
  'GET /imports/{id}/rejected.csv': {
    summary: 'The rows that were not taken, as they stood in the file, and why',
    tag,
    access,
    params: idParams,
    status: 200,
    produces: 'text/csv',
    errors: ['not_found', 'forbidden'],
  },
  'POST /imports/{id}/repeat': {
    summary: 'Import the same file again: in earnest after a dry run, after an interruption, or read otherwise',
    tag,
    access,
    params: idParams,
    body: importRepeat,
    status: 202,
    response: importJob,
    errors: ['not_found', 'forbidden', 'invalid_request', 'import_file_gone', 'too_many_imports'],
  },
  'POST /imports/{id}/undo': {
    summary: 'Take an import back, leaving alone what people have changed since',
    tag,
    access,
    params: idParams,
    status: 202,
    response: importJob,
    errors: ['not_found', 'forbidden', 'import_not_undoable'],
  },
});
