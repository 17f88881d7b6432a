import { z } from 'zod';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from '../route.ts';

export const pushSubscription = z.object({
  id: uuid,
  current: z.boolean().describe('it is the device that asks'),
  createdAt: timestamp,
});

/** Base64url without padding, of so many bytes. */
const bytes = (count: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${String(Math.ceil((count * 4) / 3))}}$`), 'invalid_value');

/** As `PushSubscription.toJSON()` gives it in a browser (W3C Push API). */
export const pushSubscriptionInput = z.strictObject({
  endpoint: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[\x21-\x7e]+$/)
    .describe('https, at a public address'),
  keys: z.strictObject({ p256dh: bytes(65), auth: bytes(16) }),
  serverKey: bytes(65).describe('the public key that the browser was given'),
});
export type PushSubscription = z.output<typeof pushSubscription>;
export type PushSubscriptionInput = z.output<typeof pushSubscriptionInput>;

const tag = 'push subscriptions';
const access = 'session';

export const pushSubscriptionRoutes = defineRoutes({
  'GET /push-key': {
    summary: 'The public key with which a browser subscribes (VAPID, RFC 8292)',
    tag,
    access,
    status: 200,
    response: z.object({ publicKey: z.string() }),
    errors: [],
  },
  'GET /push-subscriptions': {
    summary: 'Own devices that are told what clients answer',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(pushSubscription),
    errors: ['invalid_request'],
  },
  'POST /push-subscriptions': {
    summary: 'Have this device told when a client confirms or asks for something else; the message names nobody',
    tag,
    access,
    body: pushSubscriptionInput,
    status: 201,
    response: pushSubscription,
    errors: ['invalid_request', 'forbidden', 'too_many_requests'],
  },
  'DELETE /push-subscriptions/{id}': {
    summary: 'Tell a device no more',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
});
