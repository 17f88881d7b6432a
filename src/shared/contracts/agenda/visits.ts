import { z } from 'zod';
import { defineRoutes, timestamp, uuid } from '../route.ts';
import { repeatable } from './times.ts';

export const clientVisits = z.object({
  clientId: uuid,
  lastAt: timestamp.nullable().describe('start of the latest appointment that has begun'),
  nextAt: timestamp.nullable().describe('start of the next one'),
});
export type ClientVisits = z.output<typeof clientVisits>;

export const visitRoutes = defineRoutes({
  'GET /visits': {
    summary: 'When clients came last and come next, as far as the caller may read the agenda; not those who never came',
    tag: 'appointments',
    access: 'session',
    query: z.strictObject({ clientId: repeatable(uuid) }),
    status: 200,
    response: z.object({ items: z.array(clientVisits) }),
    errors: ['invalid_request'],
  },
});
