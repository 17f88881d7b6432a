import { z } from 'zod';
import { defineRoutes, timestamp, uuid } from './route.ts';

/** The data of one event of the stream. It names the record; the new state is read from the record's own route. */
export const changeEvent = z.object({
  recordType: z.enum([
    'client',
    'professional',
    'import',
    'appointment',
    'clinic',
    'time_off',
    'holiday',
    'visit_type',
    'room',
    'wish',
    'tag',
    'covering',
    'host_entry',
  ]),
  recordId: uuid.describe('all zeros for an import that the reader may not open'),
  /** Who changed it, so that a page can leave its own changes alone. */
  by: uuid.nullable(),
  at: timestamp,
});
export type ChangeEvent = z.output<typeof changeEvent>;

export const eventRoutes = defineRoutes({
  'GET /events': {
    summary: 'Server-sent events (`change`) for what changes in the clinic',
    tag: 'events',
    access: 'session',
    status: 200,
    produces: 'text/event-stream',
    waits: true,
    errors: ['too_many_requests'],
  },
});
