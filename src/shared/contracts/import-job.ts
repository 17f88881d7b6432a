import { z } from 'zod';
import { isAreaCode } from '../area-code.ts';
import { conflictChoices, encodings } from '../import-choices.ts';
import { columnMeanings } from './import-columns.ts';
import { timestamp, uuid } from './route.ts';

export const areaCode = z.string().refine(isAreaCode, { error: 'invalid_area_code' });

export const importStatus = z
  .enum(['queued', 'running', 'interrupted', 'done', 'failed', 'undoing', 'undone'])
  .describe('`interrupted`: it ended half way and nothing of it was kept; it can be repeated');
export type ImportStatus = z.output<typeof importStatus>;
export const onConflict = z
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
