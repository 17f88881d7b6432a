import { z } from 'zod';
import { role } from './auth.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from './route.ts';

/** An identifier, a code or the value of a setting. */
const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What an event says besides who, when and what. Identifiers, codes and settings only: no free text, no personal data. */
export const auditDetails = z.object({
  as: z
    .string()
    .optional()
    .describe(
      'the capacity in which the person acted: their role, or of clients and appointments `owner`, `covering`, `emergency`, or `clinic` where professionals see all of it',
    ),
  changes: z
    .array(z.object({ field: z.string(), from: plainValue, to: plainValue }))
    .optional()
    .describe('old and new values of rights and settings'),
  operation: z.string().optional().describe('what was refused, or read by a program: `GET /clients/{id}`'),
  status: z.number().int().optional().describe('how it was refused'),
  archive: z.string().optional().describe('the archive with the clinic alone'),
  scope: z.enum(['clinic', 'own', 'chosen']).optional().describe('whose clients a file has'),
  clients: z.number().int().nullable().optional().describe('how many clients a file has; null: too many to count'),
  more: z.literal(true).optional().describe('further refusals of this person within the hour are not listed'),
});
export type AuditDetails = z.output<typeof auditDetails>;

export const auditEvent = z.object({
  id: uuid,
  at: timestamp,
  action: z.string().describe('a stable code'),
  actor: uuid.nullable().describe('the professional; null for the system and the host’s operator'),
  session: uuid.nullable(),
  address: z.string().nullable().describe('the IP address'),
  recordType: z.string().nullable(),
  recordId: uuid.nullable(),
  details: auditDetails,
});
export type AuditEvent = z.output<typeof auditEvent>;

/** Whoever can be the actor of an event. The host's superusers have no name. */
const auditPerson = z.object({
  id: uuid,
  name: z.string().nullable(),
  role: z.union([role, z.literal('host')]),
  active: z.boolean(),
});
export type AuditPerson = z.output<typeof auditPerson>;

export const clientView = z.object({
  id: uuid,
  at: timestamp,
  action: z.string().describe('how the record was opened: `client_read` for the card'),
  professional: z.object({ id: uuid, name: z.string().nullable() }).nullable(),
  capacity: z
    .string()
    .nullable()
    .describe('`owner`, `administrator`, `reception`, `covering`, `emergency` or `clinic`, at that moment'),
});
export type ClientView = z.output<typeof clientView>;

const code = z.string().regex(/^[a-z][a-z_]{0,59}$/, 'invalid_value');
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .describe('RFC 3339, or a day of the clinic: `YYYY-MM-DD`');

const filters = {
  from: moment.optional().describe('from this moment or day on'),
  to: moment.optional().describe('before this moment, or until the end of this day'),
  actorId: uuid.optional(),
  action: code.optional(),
  recordType: code.optional(),
  recordId: uuid.optional(),
};
export const auditFilters = z.strictObject(filters);
export type AuditFilters = z.output<typeof auditFilters>;

const tag = 'audit';
const access = 'session';

export const auditRoutes = defineRoutes({
  'GET /audit': {
    summary: 'Who did what, the newest first',
    tag,
    access,
    auditors: true,
    query: auditFilters.extend({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(auditEvent),
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /audit/filters': {
    summary: 'The people and actions that the trail can be narrowed to',
    tag,
    access,
    auditors: true,
    status: 200,
    response: z.object({ people: z.array(auditPerson), actions: z.array(z.string()) }),
    errors: ['forbidden'],
  },
  'GET /audit/export.csv': {
    summary: 'The filtered trail as CSV',
    tag,
    access,
    auditors: true,
    query: auditFilters.extend({
      dialect: z
        .enum(['standard', 'excel'])
        .default('standard')
        .describe('`excel`: semicolons and a byte order mark, as a Brazilian Excel opens it'),
    }),
    status: 200,
    produces: 'text/csv',
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /clients/{id}/viewers': {
    summary: 'Who opened a client’s record, when, and in which capacity',
    tag,
    access,
    params: idParams,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(clientView),
    errors: ['invalid_request', 'forbidden'],
  },
});
