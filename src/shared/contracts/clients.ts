import { z } from 'zod';
import { postalCode, state } from '../address.ts';
import { document } from '../document.ts';
import { email } from '../email.ts';
import { phone } from '../phone.ts';
import { multilineText, name, singleLineText } from '../text.ts';
import { birthDate } from '../time.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from './route.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional();

const addressInput = z.strictObject({
  postalCode: optional(postalCode),
  street: optional(singleLineText(200)),
  number: optional(singleLineText(20)),
  complement: optional(singleLineText(100)),
  neighborhood: optional(singleLineText(100)),
  city: optional(singleLineText(100)),
  state: optional(state),
});
const guardianInput = z.strictObject({
  name: optional(singleLineText(200)),
  phone: optional(phone),
  document: optional(document),
});
const healthInsuranceInput = z.strictObject({
  plan: optional(singleLineText(100)),
  number: optional(singleLineText(50)),
});

/** How many tags a client can have. */
export const mostTags = 20;

/** What imported columns may hold in one client: columns, and bytes of all of them as JSON in UTF-8. */
const extraLimits = { columns: 512, bytes: 64 * 1024 } as const;

/** The bytes that imported columns count with. */
const bytesOfExtra = (extra: unknown): number => new TextEncoder().encode(JSON.stringify(extra)).length;

/** Whether imported columns are more than one client may hold. */
export const isTooMuchExtra = (extra: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(extra).length > extraLimits.columns || bytesOfExtra(extra) > extraLimits.bytes;

/** Whether a change would fill imported columns beyond their bounds; those filled earlier may still get fewer. */
export function growsTooMuch(from: unknown, to: unknown): boolean {
  const [before, after] = [from ?? {}, to ?? {}] as Record<string, unknown>[];
  if (before === undefined || after === undefined || !isTooMuchExtra(after)) return false;
  return bytesOfExtra(after) > bytesOfExtra(before) || Object.keys(after).length > Object.keys(before).length;
}

/** Fields of a client that are not required. Absent leaves as it is, null clears; nested objects merge (RFC 7396). */
const optionalFields = {
  lastName: optional(singleLineText(150)),
  socialName: optional(singleLineText(150)),
  email: optional(email),
  phone: optional(phone),
  secondaryPhone: optional(phone),
  document: optional(document),
  rg: optional(singleLineText(30)),
  dateOfBirth: optional(birthDate),
  sex: optional(singleLineText(40)),
  maritalStatus: optional(singleLineText(40)),
  nationality: optional(singleLineText(60)),
  profession: optional(singleLineText(100)),
  address: optional(addressInput),
  guardian: optional(guardianInput),
  healthInsurance: optional(healthInsuranceInput),
  tags: z
    .array(name(40))
    .max(mostTags)
    .transform((tags) => [...new Set(tags)])
    .optional(),
  notes: optional(multilineText(20_000)),
  extra: optional(
    z
      .record(singleLineText(100), multilineText(5_000).nullable())
      .refine((columns) => !isTooMuchExtra(columns), 'too_much_extra')
      .describe('512 columns and 64 KiB in all, those that were there before included'),
  ),
  professionalId: uuid.optional(),
  /** Says that the phone is shared on purpose, as in a family. */
  allowSharedPhone: z.boolean().optional(),
};

export const clientInput = z.strictObject({ firstName: name(150), ...optionalFields });
export const clientPatch = z.strictObject({ firstName: name(150).optional(), ...optionalFields });
export type ClientInput = z.output<typeof clientInput>;
export type ClientPatch = z.output<typeof clientPatch>;

const nullableText = z.string().nullable();

const identity = {
  id: uuid,
  firstName: z.string(),
  lastName: nullableText,
  socialName: nullableText,
  email: nullableText,
  phone: nullableText,
  document: nullableText,
  dateOfBirth: nullableText,
  tags: z.array(z.string()),
  professionalId: uuid,
  createdAt: timestamp,
  updatedAt: timestamp,
  archivedAt: timestamp.nullable(),
};

/** What a list shows of a client: registration data alone. */
export const clientSummary = z.object({ ...identity, city: nullableText, state: nullableText });
export type ClientSummary = z.output<typeof clientSummary>;

/** The whole card. `notes` and `extra` are clinical: absent for reception. */
export const client = z.object({
  ...identity,
  secondaryPhone: nullableText,
  rg: nullableText,
  sex: nullableText,
  maritalStatus: nullableText,
  nationality: nullableText,
  profession: nullableText,
  address: z.object({
    postalCode: nullableText,
    street: nullableText,
    number: nullableText,
    complement: nullableText,
    neighborhood: nullableText,
    city: nullableText,
    state: nullableText,
  }),
  guardian: z.object({ name: nullableText, phone: nullableText, document: nullableText }),
  healthInsurance: z.object({ plan: nullableText, number: nullableText }),
  sharedPhone: z.boolean(),
  mergedInto: uuid.nullable().describe('the record that stands for this archived one'),
  notes: nullableText.optional(),
  extra: z.record(z.string(), nullableText).optional(),
});
export type Client = z.output<typeof client>;

const filters = {
  q: multilineText(200).optional().describe('name, e-mail, phone or document; accents and case do not matter'),
  professionalId: uuid.optional(),
  city: singleLineText(100).optional(),
  state: state.optional(),
  tag: singleLineText(40).optional(),
  birthMonth: z.coerce.number().int().min(1).max(12).optional(),
  status: z.enum(['active', 'archived']).default('active'),
};
export const clientFilters = z.strictObject(filters);
const clientSort = z.enum(['name', '-createdAt', '-updatedAt']).default('name');
export const clientListQuery = z.strictObject({ ...filters, sort: clientSort, limit, cursor: cursor.optional() });
export type ClientFilters = z.output<typeof clientFilters>;
export type ClientListQuery = z.output<typeof clientListQuery>;

/** What the active clients that the person may see can be narrowed by, the most frequent first. */
export const clientFilterValues = z.object({
  cities: z.array(z.string()).max(200).describe('each in the spelling that most use'),
  states: z.array(z.string()).max(200),
  tags: z.array(z.string()).max(200),
});
export type ClientFilterValues = z.output<typeof clientFilterValues>;

/** One record merged into another. */
export const clientMerge = z.object({
  id: uuid,
  winnerId: uuid.describe('the record that stayed'),
  loserId: uuid.describe('the record that was archived'),
  mergedAt: timestamp,
  undoUntil: timestamp.describe('until when it can be taken back'),
  undoneAt: timestamp.nullable(),
});
export type ClientMerge = z.output<typeof clientMerge>;

export const clientChange = z.object({
  version: z.number().int(),
  at: timestamp,
  /** The record it happened to: another than the one asked for where that was merged into it. */
  clientId: uuid,
  by: z.object({ id: uuid, name: z.string() }),
  action: z.enum([
    'create',
    'update',
    'archive',
    'restore',
    'import',
    'import_undone',
    'anonymize',
    'merge',
    'unmerge',
  ]),
  changes: z
    .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
    .describe('of `extra` only the columns that changed'),
  merge: clientMerge.optional(),
});
export type ClientChange = z.output<typeof clientChange>;

/** A data subject's copy of their data (LGPD art. 18, II and V). */
export const clientDataExport = z.object({
  generatedAt: timestamp,
  clinic: z.object({ id: uuid, name: z.string() }),
  client,
  merged: z.array(client).describe('records of the same person that were merged into this one'),
  history: z.array(clientChange),
});

const tag = 'clients';

export const clientRoutes = defineRoutes({
  'GET /clients': {
    summary: 'List and search clients',
    tag,
    access: 'session',
    query: clientListQuery,
    status: 200,
    response: pageOf(clientSummary),
    errors: ['invalid_request'],
  },
  'POST /clients': {
    summary: 'Register a client',
    tag,
    access: 'session',
    body: clientInput,
    idempotent: true,
    status: 201,
    response: client,
    errors: ['invalid_request', 'duplicate_phone', 'duplicate_document', 'idempotency_key_reused', 'forbidden'],
  },
  'GET /clients/filters': {
    summary: 'The cities, states and tags that clients have, to narrow the list by',
    tag,
    access: 'session',
    status: 200,
    response: clientFilterValues,
    errors: [],
  },
  'GET /clients/export.csv': {
    summary: 'The filtered list as CSV',
    tag,
    access: 'session',
    query: clientFilters.extend({
      dialect: z
        .enum(['standard', 'excel'])
        .default('standard')
        .describe('`excel`: semicolons and a byte order mark, as a Brazilian Excel opens it'),
    }),
    status: 200,
    produces: 'text/csv',
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /clients/export.xlsx': {
    summary: 'The filtered list as a workbook',
    tag,
    access: 'session',
    query: clientFilters,
    status: 200,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /clients/{id}': {
    summary: 'One client',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found'],
  },
  'PATCH /clients/{id}': {
    summary: 'Change a client',
    tag,
    access: 'session',
    params: idParams,
    body: clientPatch,
    ifMatch: true,
    status: 200,
    response: client,
    errors: [
      'not_found',
      'invalid_request',
      'duplicate_phone',
      'duplicate_document',
      'stale',
      'precondition_required',
      'forbidden',
    ],
  },
  'DELETE /clients/{id}': {
    summary: 'Archive a client',
    tag,
    access: 'session',
    params: idParams,
    ifMatch: true,
    status: 204,
    errors: ['not_found', 'stale', 'precondition_required'],
  },
  'POST /clients/{id}/restore': {
    summary: 'Bring an archived client back',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found', 'duplicate_phone', 'duplicate_document'],
  },
  'GET /clients/{id}/history': {
    summary: 'What changed in a client, when, and by whom',
    tag,
    access: 'session',
    params: idParams,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(clientChange).describe('a page ends early where its changes fill a megabyte'),
    errors: ['not_found', 'invalid_request'],
  },
  'GET /clients/{id}/data-export': {
    summary: "The data subject's copy of everything kept about them (LGPD art. 18)",
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: clientDataExport,
    errors: ['not_found', 'forbidden'],
  },
  'GET /clients/{id}/vcard': {
    summary: 'A client for the contacts of a phone, as a vCard: names, phones, e-mail, address and birthday',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    produces: 'text/vcard',
    errors: ['not_found'],
  },
  'POST /clients/{id}/anonymize': {
    summary: 'Take out what tells who a client is, once the record need not be kept (Lei 13.787/2018 art. 6)',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found', 'forbidden', 'retention_period'],
  },
});
