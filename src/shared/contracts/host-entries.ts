import { z } from 'zod';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

export const hostEntry = z.object({
  id: uuid,
  reason: z.string(),
  startedAt: timestamp,
  endsAt: timestamp.describe('when it ends by itself'),
  endedAt: timestamp.nullable().describe('when somebody ended it before'),
  endedBy: uuid.nullable().describe('the administrator who did; null: the host'),
  open: z.boolean(),
});
export type HostEntry = z.output<typeof hostEntry>;

const tag = 'host entries';
const access = 'session';

export const hostEntryRoutes = defineRoutes({
  'GET /host-entries': {
    tag,
    summary: 'When somebody of the host was let into the clinic, and why; newest first',
    access,
    query: shortListQuery,
    response: pageOf(hostEntry),
    status: 200,
    errors: ['forbidden', 'invalid_request'],
  },
  'POST /host-entries/{id}/end': {
    tag,
    summary: 'End such an entry at once',
    access,
    params: idParams,
    response: hostEntry,
    status: 200,
    errors: ['forbidden', 'not_found'],
  },
});
