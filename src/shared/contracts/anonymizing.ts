import { z } from 'zod';
import { client } from './clients.ts';
import { defineRoutes, idParams, timestamp, uuid } from './route.ts';

export const anonymizeInput = z.strictObject({
  dryRun: z.boolean().optional().describe('tell what would be done, and do nothing'),
  dataRequestId: uuid.optional().describe('the request that this answers; it shows the act as proof'),
});
export type AnonymizeInput = z.output<typeof anonymizeInput>;

/** The clocks by which records are kept, each with its own law. */
export const retentionParts = ['clinical', 'money', 'registration'] as const;
export type RetentionPart = (typeof retentionParts)[number];

const retention = z.object({
  part: z.enum(retentionParts),
  entries: z.number().int().describe('how many entries there are of this part'),
  lastEntryAt: timestamp.nullable().describe('when the clock began'),
  keepUntil: z.iso.date().nullable().describe('the last day on which it has to be kept; null: not for a time'),
  forGood: z.boolean().describe('the clinic keeps it for good'),
  over: z.boolean().describe('it need not be kept any more'),
  law: z.string(),
});
export type Retention = z.output<typeof retention>;

const changedColumn = z.object({
  column: z.string(),
  rows: z.number().int(),
  becomes: z.enum(['emptied', 'replaced']),
});

const changedTable = z.object({
  table: z.string(),
  part: z.enum(retentionParts),
  rows: z.number().int().describe('rows about the client, before'),
  deleted: z.number().int(),
  added: z.number().int().describe('rows that say that it was done'),
  columns: z.array(changedColumn),
  law: z.string(),
});
export type ChangedTable = z.output<typeof changedTable>;

const remainder = z.object({
  what: z.string().describe('a table, or a code of what is kept elsewhere'),
  rows: z.number().int(),
  law: z.string(),
  until: z.iso.date().nullable(),
});
export type Remainder = z.output<typeof remainder>;

export const anonymization = z.object({
  state: z.enum(['preview', 'asked', 'done']),
  allowed: z.boolean().describe('every clock is over, and nobody is expected'),
  keepUntil: z.iso.date().nullable(),
  needsApproval: z.boolean().describe('a second administrator of the clinic has to ask for the same'),
  askedBy: z.object({ id: uuid, name: z.string() }).nullable(),
  askedAt: timestamp.nullable(),
  retention: z.array(retention),
  goes: z.array(changedTable),
  stays: z.array(remainder),
});
export type Anonymization = z.output<typeof anonymization>;

const tag = 'clients';

export const anonymizeRoutes = defineRoutes({
  'POST /clients/{id}/anonymize': {
    summary:
      'Take out what tells who a client is, once nothing has to be kept; first what would go, what stays and why',
    tag,
    access: 'session',
    params: idParams,
    body: anonymizeInput.optional(),
    status: 200,
    response: client.extend({ anonymization }),
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'retention_period',
      'kept_for_good',
      'client_has_appointments',
      'already_anonymized',
    ],
  },
  'DELETE /clients/{id}/anonymize': {
    summary: 'Take back what was asked, before a second administrator has approved it',
    tag,
    access: 'session',
    params: idParams,
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
});
