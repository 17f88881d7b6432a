import { z } from 'zod';
import { name } from '../../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from '../route.ts';

export const calendarFeed = z.object({
  id: uuid,
  name: z.string(),
  content: z.enum(['initials', 'names']),
  createdAt: timestamp,
  lastReadAt: timestamp.nullable(),
});
export const calendarFeedInput = z.strictObject({
  name: name(60).default('Agenda'),
  content: z.enum(['initials', 'names']).default('initials').describe('how clients are called in it'),
});
export type CalendarFeed = z.output<typeof calendarFeed>;
export type CalendarFeedInput = z.output<typeof calendarFeedInput>;

const tag = 'calendar feeds';
const access = 'session';

export const calendarFeedRoutes = defineRoutes({
  'GET /calendar-feeds': {
    summary: 'Own secret addresses of the agenda',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(calendarFeed),
    errors: ['invalid_request'],
  },
  'POST /calendar-feeds': {
    summary: 'Make a secret address for a calendar program; it is shown once, and to repeats with the same key',
    tag,
    access,
    body: calendarFeedInput,
    idempotent: true,
    status: 201,
    response: calendarFeed.extend({ url: z.string() }),
    errors: ['invalid_request', 'forbidden', 'idempotency_key_reused', 'secret_already_shown', 'too_many_requests'],
  },
  'DELETE /calendar-feeds/{id}': {
    summary: 'Revoke an address at once',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
});
