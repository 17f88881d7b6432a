import { z } from 'zod';
import { clientFields } from '../client-fields.ts';
import { mostAtOnce } from '../most-at-once.ts';
import { name } from '../text.ts';
import { defineRoutes, idParams, timestamp, uuid } from './route.ts';

const ids = z
  .array(uuid)
  .min(1)
  .max(mostAtOnce)
  .transform((given) => [...new Set(given)]);

const tagName = name(clientFields.tags.limit);
const changes = {
  addTag: tagName.optional(),
  removeTag: tagName.optional(),
  professionalId: uuid.optional().describe('whose clients they become'),
  archive: z.literal(true).optional(),
};
const severalChange = z
  .strictObject(changes)
  .refine((change) => Object.keys(change).length === 1, 'invalid_value')
  .describe('exactly one of these');
export type SeveralChange = z.output<typeof severalChange>;

const severalInput = z.strictObject({ ids, change: severalChange });

/** Why a client was left as it is. */
const leftCodes = [
  'not_found',
  'too_many_tags',
  'client_has_appointments',
  'changed_since',
  'duplicate_phone',
  'duplicate_document',
] as const;
export type LeftCode = (typeof leftCodes)[number];

const left = z.object({
  id: uuid,
  name: z.string().nullable().describe('null for a client whom the caller may not see'),
  code: z.enum(leftCodes),
});
export type LeftClient = z.output<typeof left>;

const severalResult = z.object({
  id: uuid.nullable().describe('by which the whole can be undone; null when nothing was changed'),
  changed: z.number().int(),
  unchanged: z.number().int().describe('clients who were like that before'),
  left: z.array(left).describe('clients who could not be changed, and why'),
  undoUntil: timestamp.nullable(),
});
export type SeveralResult = z.output<typeof severalResult>;

const severalUndone = z.object({
  restored: z.number().int(),
  left: z.array(left).describe('clients who stay as they are: changed again since, or in the way of others'),
});
export type SeveralUndone = z.output<typeof severalUndone>;

const tag = 'clients';
const access = 'session';

export const severalClientRoutes = defineRoutes({
  'POST /clients/several': {
    summary: 'Change up to 200 clients in one way: a tag, the professional, archiving',
    tag,
    access,
    body: severalInput,
    status: 200,
    response: severalResult,
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /clients/several/{id}/undo': {
    summary: 'Undo such a change as a whole, leaving alone what was changed since; for who made it, within an hour',
    tag,
    access,
    params: idParams,
    status: 200,
    response: severalUndone,
    errors: ['not_found', 'not_undoable', 'client_limit_reached'],
  },
  'POST /clients/export.csv': {
    summary: 'The named clients as CSV',
    tag,
    access,
    body: z.strictObject({ ids, dialect: z.enum(['standard', 'excel']).default('standard') }),
    status: 200,
    produces: 'text/csv',
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /clients/export.xlsx': {
    summary: 'The named clients as a workbook',
    tag,
    access,
    body: z.strictObject({ ids }),
    status: 200,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    errors: ['invalid_request', 'forbidden'],
  },
});
