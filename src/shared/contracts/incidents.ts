import { z } from 'zod';
import { longText, multilineText } from '../text.ts';
import { instant, plainDate } from './agenda/times.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from './route.ts';

/** Kinds of data that the trail tells apart. `other`: an action that no kind is named for. */
export const dataKinds = ['registration', 'contact', 'clinical', 'agenda', 'documents', 'other'] as const;
export type DataKind = (typeof dataKinds)[number];

/** What the ANPD asks for, besides what is computed (Regulamento da Resolução CD/ANPD 15/2024, arts. 6 and 9). */
const reportText = multilineText(10_000);
export const incidentReport = z.strictObject({
  nature: reportText.optional().describe('what happened to the data: disclosure, loss, alteration, theft'),
  categories: reportText.optional().describe('the affected data, in words'),
  clients: z
    .number()
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .describe('affected people, where it is not the count below'),
  vulnerable: reportText.optional().describe('children, adolescents, elderly people among them'),
  measures: reportText.optional().describe('technical and security measures before and after'),
  risks: reportText.optional().describe('risks and possible effects for the people'),
  delay: reportText.optional().describe('why it was told late'),
  taken: reportText.optional().describe('what was or will be done to undo or mitigate the effects'),
  cause: reportText.optional().describe('the root cause, where it is known'),
  decision: reportText.optional().describe('why the authority and the people were or were not told'),
});
export type IncidentReport = z.output<typeof incidentReport>;

const subject = {
  accountId: uuid.nullable().describe('whose account it was'),
  deviceId: uuid.nullable().describe('a session of the device; others of the same device count, too'),
  address: z
    .union([z.ipv4('invalid_value'), z.ipv6('invalid_value')])
    .nullable()
    .describe('an IP address'),
};
const window = { from: instant, to: instant };
const knownOn = plainDate.describe('the day on which the clinic knew that personal data was affected');

const namesSomething = (input: { accountId?: unknown; deviceId?: unknown; address?: unknown }): boolean =>
  [input.accountId, input.deviceId, input.address].some((value) => value != null);

export const incidentInput = z
  .strictObject({
    accountId: subject.accountId.optional(),
    deviceId: subject.deviceId.optional(),
    address: subject.address.optional(),
    ...window,
    description: longText(10_000),
    knownOn: knownOn.optional().describe('today without it'),
  })
  .refine(namesSomething, { path: ['accountId'], message: 'incident_subject' })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'ends_before_start' });
export type IncidentInput = z.output<typeof incidentInput>;

export const incidentPatch = z
  .strictObject({
    ...subject,
    ...window,
    description: longText(10_000),
    knownOn,
    report: incidentReport.describe('replaces the whole report'),
    authorityToldOn: plainDate.nullable().describe('when the ANPD was told'),
    clientsToldOn: plainDate.nullable().describe('when the affected people were told'),
  })
  .partial();
export type IncidentPatch = z.output<typeof incidentPatch>;

const deadlines = z.object({
  businessDays: z.number().int().describe('3, or 6 for an agente de tratamento de pequeno porte'),
  tellBy: z.string().describe('YYYY-MM-DD: the authority and the affected people are told (arts. 6 and 9)'),
  supplementBy: z
    .string()
    .describe('YYYY-MM-DD: 20 business days after the authority was told, or after the last day for it (art. 6 § 3)'),
  keepUntil: z.string().describe('YYYY-MM-DD: the record is kept for five years (art. 10)'),
});

const shared = {
  id: uuid,
  accountId: uuid.nullable(),
  deviceId: uuid.nullable(),
  address: z.string().nullable(),
  from: timestamp,
  to: timestamp,
  description: z.string(),
  knownOn: z.string().describe('YYYY-MM-DD'),
  authorityToldOn: z.string().nullable(),
  clientsToldOn: z.string().nullable(),
  createdAt: timestamp,
  deadlines,
};

export const incidentSummary = z.object(shared);
export type IncidentSummary = z.output<typeof incidentSummary>;

/** What went out of or came into the clinic as a whole, where the trail names no single clients. */
const massEvent = z.object({
  id: uuid,
  at: timestamp,
  action: z.string(),
  kinds: z.array(z.enum(dataKinds)),
  clients: z.number().int().nullable().describe('how many clients; null where the trail does not say'),
  scope: z.enum(['clinic', 'own', 'chosen']).nullable().describe('whose clients'),
});
export type MassEvent = z.output<typeof massEvent>;

export const incident = z.object({
  ...shared,
  report: incidentReport,
  clients: z
    .array(
      z.object({
        id: uuid,
        name: z.string(),
        kinds: z.array(z.enum(dataKinds)),
        firstAt: timestamp,
        lastAt: timestamp,
      }),
    )
    .describe('whose records were opened or changed one by one, by name; at most 2,000'),
  clientCount: z.number().int().describe('how many there are, also beyond those'),
  massEvents: z.array(massEvent).describe('lists, files and the like that have many clients; the newest 200'),
  lists: z
    .object({ clients: z.number().int(), kinds: z.array(z.enum(dataKinds)) })
    .nullable()
    .describe(
      'the clients whom lists and searches can have shown: each look at a list is in no trail. Null: nobody signed in',
    ),
});
export type Incident = z.output<typeof incident>;

const tag = 'incidents';
const access = 'session';

export const incidentRoutes = defineRoutes({
  'GET /incidents': {
    summary: 'Incidents with personal data, the newest first',
    tag,
    access,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(incidentSummary),
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /incidents': {
    summary: 'Register an incident, and see which clients and kinds of data it touched',
    tag,
    access,
    body: incidentInput,
    idempotent: true,
    status: 201,
    response: incident,
    errors: ['invalid_request', 'forbidden', 'idempotency_key_reused'],
  },
  'GET /incidents/{id}': {
    summary: 'An incident, computed anew from the trail',
    tag,
    access,
    params: idParams,
    status: 200,
    response: incident,
    errors: ['not_found', 'forbidden'],
  },
  'PATCH /incidents/{id}': {
    summary: 'Change an incident, and what the authority is told',
    tag,
    access,
    params: idParams,
    body: incidentPatch,
    ifMatch: true,
    status: 200,
    response: incident,
    errors: ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
});
