import { z } from 'zod';
import { singleLineText } from '../../text.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from '../route.ts';

const rules = {
  name: singleLineText(60).nullable().optional(),
  total: z.number().int().min(1).max(999).describe('how many sessions were agreed on'),
  countsLateCancel: z.boolean().describe('whether a late cancellation by the client uses up a session'),
  countsNoShow: z.boolean().describe('whether an absence uses up a session'),
  lateHours: z.number().int().min(0).max(168).describe('a cancellation within this many hours of the start is late'),
};

export const sessionPackageInput = z.strictObject({
  clientId: uuid,
  ...rules,
  countsLateCancel: rules.countsLateCancel.default(false),
  countsNoShow: rules.countsNoShow.default(false),
  lateHours: rules.lateHours.default(24),
});
export const sessionPackagePatch = z
  .strictObject({ ...rules, closed: z.boolean().describe('no more sessions are booked for it') })
  .partial();
export const sessionPackage = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  clientId: uuid,
  clientName: z.string(),
  name: z.string().nullable(),
  total: z.number().int(),
  used: z.number().int().describe('sessions done, and whatever else counts'),
  booked: z.number().int().describe('sessions to come'),
  countsLateCancel: z.boolean(),
  countsNoShow: z.boolean(),
  lateHours: z.number().int(),
  closed: z.boolean(),
  createdAt: timestamp,
});
export type SessionPackage = z.output<typeof sessionPackage>;
export type SessionPackageInput = z.output<typeof sessionPackageInput>;
export type SessionPackagePatch = z.output<typeof sessionPackagePatch>;

const tag = 'session packages';
const access = 'session';

export const sessionPackageRoutes = defineRoutes({
  'GET /session-packages': {
    summary: 'Packages of sessions, the newest first',
    tag,
    access,
    query: z.strictObject({
      clientId: uuid.optional(),
      closed: z.stringbool().optional().describe('only those that are closed, or only those that are not'),
      limit,
      cursor: cursor.optional(),
    }),
    status: 200,
    response: pageOf(sessionPackage),
    errors: ['invalid_request'],
  },
  'POST /session-packages': {
    summary: 'Agree on a number of sessions with a client',
    tag,
    access,
    body: sessionPackageInput,
    idempotent: true,
    status: 201,
    response: sessionPackage,
    errors: ['not_found', 'invalid_request', 'forbidden', 'idempotency_key_reused'],
  },
  'PATCH /session-packages/{id}': {
    summary: 'Change or close a package',
    tag,
    access,
    params: idParams,
    body: sessionPackagePatch,
    ifMatch: true,
    status: 200,
    response: sessionPackage,
    errors: ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
});
