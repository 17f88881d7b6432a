import { z } from 'zod';
import { singleLineText, multilineText } from '../text.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from './route.ts';

/** What somebody may ask about their data (LGPD art. 18). */
export const dataRequestKinds = [
  'access',
  'correction',
  'deletion',
  'portability',
  'information',
  'withdrawal',
] as const;
export type DataRequestKind = (typeof dataRequestKinds)[number];

const instant = z.iso.datetime({ offset: true });

const inputShape = {
  clientId: uuid,
  kind: z.enum(dataRequestKinds),
  identifiedBy: singleLineText(200).describe('how the clinic knew that it was this person'),
  dueAt: instant.optional().describe("without it, the clinic's number of days from now (LGPD art. 19, II)"),
};
export const dataRequestInput = z.strictObject(inputShape);
export type DataRequestInput = z.output<typeof dataRequestInput>;

export const dataRequestPatch = z
  .strictObject({
    kind: inputShape.kind,
    identifiedBy: inputShape.identifiedBy,
    dueAt: instant,
    answer: multilineText(4000).nullable(),
    answeredAt: instant.nullable().describe('when the person was answered; null opens the request again'),
  })
  .partial();
export type DataRequestPatch = z.output<typeof dataRequestPatch>;

const person = z.object({ id: uuid, name: z.string() }).nullable();

/** What was done because of a request: who did it, and when. */
const proof = z.object({
  kind: z.enum(['copy', 'anonymization']),
  id: uuid,
  at: timestamp,
  by: person,
  downloadedAt: timestamp.nullable().describe('of a copy: when its link was used'),
});

export const dataRequest = z.object({
  id: uuid,
  clientId: uuid,
  clientName: z.string(),
  kind: z.enum(dataRequestKinds),
  identifiedBy: z.string().nullable().describe('null once the client is anonymous'),
  dueAt: timestamp,
  overdue: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: timestamp.nullable(),
  answeredBy: person,
  createdBy: person,
  createdAt: timestamp,
  proof: z.array(proof),
});
export type DataRequest = z.output<typeof dataRequest>;

/** A request in a person's copy of their data. */
export const dataRequestCopy = z.object({
  kind: z.enum(dataRequestKinds),
  createdAt: timestamp,
  dueAt: timestamp,
  answer: z.string().nullable(),
  answeredAt: timestamp.nullable(),
});
export type DataRequestCopy = z.output<typeof dataRequestCopy>;

export const dataRequestQuery = z.strictObject({
  status: z.enum(['open', 'answered', 'all']).default('all').describe('open ones: the one due first comes first'),
  clientId: uuid.optional(),
  limit,
  cursor: cursor.optional(),
});
export type DataRequestQuery = z.output<typeof dataRequestQuery>;

const tag = 'data requests';
const access = 'session';

export const dataRequestRoutes = defineRoutes({
  'GET /data-requests': {
    summary: 'What people asked about their data (LGPD art. 18), and what was answered',
    tag,
    access,
    query: dataRequestQuery,
    status: 200,
    response: pageOf(dataRequest),
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /data-requests': {
    summary: 'Note what somebody asks about their data; it is due in 15 days unless the clinic chose otherwise',
    tag,
    access,
    body: dataRequestInput,
    idempotent: true,
    status: 201,
    response: dataRequest,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'client_archived',
      'already_anonymized',
      'idempotency_key_reused',
    ],
  },
  'GET /data-requests/{id}': {
    summary: 'One request, with the proof of what was done',
    tag,
    access,
    params: idParams,
    status: 200,
    response: dataRequest,
    errors: ['not_found', 'forbidden'],
  },
  'PATCH /data-requests/{id}': {
    summary: 'Answer a request, or correct it',
    tag,
    access,
    params: idParams,
    body: dataRequestPatch,
    ifMatch: true,
    status: 200,
    response: dataRequest,
    errors: ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
});
