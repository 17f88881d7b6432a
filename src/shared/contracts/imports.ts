import { z } from 'zod';
import { dateOrders, encodings } from '../import-choices.ts';
import { JsonError, parseStrictJson } from '../strict-json.ts';
import { multilineText } from '../text.ts';
import { columnMeanings } from './import-columns.ts';
import { areaCode, importJob, importSummary, onConflict } from './import-job.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, uuid } from './route.ts';

const mapping = z
  .record(multilineText(5_000), z.enum(columnMeanings))
  // A file may have 512 columns.
  .refine((columns) => Object.keys(columns).length <= 512, 'invalid_value');

/** JSON within a field of a form, as strict as a body of JSON. */
const jsonText = z.string().transform((text, context): unknown => {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    context.addIssue({ code: 'custom', message: error.fault === 'repeated_name' ? 'repeated_name' : 'invalid_value' });
    return z.NEVER;
  }
});
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

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
  mapping: jsonText
    .pipe(mapping)
    .optional()
    .describe('JSON: what each column holds, by its header; each header once, `__proto__` is refused'),
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
    waits: true,
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
    idempotent: true,
    status: 202,
    response: importJob,
    errors: [
      'not_found',
      'forbidden',
      'invalid_request',
      'import_file_gone',
      'idempotency_key_reused',
      'too_many_imports',
    ],
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
