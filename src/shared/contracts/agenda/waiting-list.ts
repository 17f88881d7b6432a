import { z } from 'zod';
import { singleLineText } from '../../text.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from '../route.ts';

const period = z.enum(['morning', 'afternoon', 'evening']).describe('before 12:00, before 18:00, later');

const wishShape = {
  professionalId: uuid.nullable().optional().describe('without it, any'),
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).describe('ISO 8601; empty: any'),
  periods: z.array(period).max(3).describe('empty: any'),
  visitType: singleLineText(40).nullable().optional(),
  note: singleLineText(200).nullable().optional(),
};
export const wishInput = z.strictObject({
  clientId: uuid,
  ...wishShape,
  weekdays: wishShape.weekdays.default([]),
  periods: wishShape.periods.default([]),
});
export const wishPatch = z.strictObject(wishShape).partial();
export const wish = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  clientId: uuid,
  clientName: z.string(),
  clientPhone: z.string().nullable(),
  professionalId: uuid.nullable(),
  weekdays: z.array(z.number().int()),
  periods: z.array(period),
  visitType: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: timestamp,
});
export type Wish = z.output<typeof wish>;
export type WishInput = z.output<typeof wishInput>;
export type WishPatch = z.output<typeof wishPatch>;

const match = wish.extend({
  message: z.string(),
  whatsappUrl: z.string().nullable().describe('null without a phone, and for clients who want no messages'),
});

const tag = 'waiting list';
const access = 'session';

export const waitingListRoutes = defineRoutes({
  'GET /waiting-list': {
    summary: 'Who waits for a time, the longest first',
    tag,
    access,
    query: z.strictObject({ professionalId: uuid.optional(), limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(wish),
    errors: ['invalid_request'],
  },
  'POST /waiting-list': {
    summary: 'Note a wish',
    tag,
    access,
    body: wishInput,
    idempotent: true,
    status: 201,
    response: wish,
    errors: ['not_found', 'invalid_request', 'forbidden', 'idempotency_key_reused'],
  },
  'PATCH /waiting-list/{id}': {
    summary: 'Change a wish',
    tag,
    access,
    params: idParams,
    body: wishPatch,
    ifMatch: true,
    status: 200,
    response: wish,
    errors: ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
  'DELETE /waiting-list/{id}': {
    summary: 'Remove a wish',
    tag,
    access,
    params: idParams,
    ifMatch: 'optional',
    status: 204,
    errors: ['not_found', 'forbidden', 'stale'],
  },
  'GET /waiting-list/matches': {
    summary: 'The three best for a time that became free, each with a prepared message',
    tag,
    access,
    query: z.strictObject({ appointmentId: uuid.describe('the canceled one') }),
    status: 200,
    response: z.object({ items: z.array(match).max(3) }),
    errors: ['invalid_request', 'not_found'],
  },
});
