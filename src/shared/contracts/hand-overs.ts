import { z } from 'zod';
import { defineRoutes, idParams, timestamp, uuid } from './route.ts';

const count = z.number().int().min(0);

/** What a person's clients are, and what was given to colleagues and could come back. */
const handOverState = z.object({
  clients: z.object({ active: count, archived: count }).describe('the clients the person has now'),
  given: z
    .array(z.object({ toId: uuid, at: timestamp, clients: count.describe('those the receiver still has') }))
    .describe('the latest first; only what can be taken back'),
  appointments: z.object({
    coming: count.describe('those the person has now'),
    given: count.describe('those given to colleagues that could come back'),
  }),
});
export type HandOverState = z.output<typeof handOverState>;

const tag = 'professionals';
const access = 'session';

export const handOverRoutes = defineRoutes({
  'GET /professionals/{id}/hand-over': {
    summary: 'How many clients and appointments a person has, and how many given away could come back',
    tag,
    access,
    params: idParams,
    status: 200,
    response: handOverState,
    errors: ['not_found', 'forbidden'],
  },
  'POST /professionals/{id}/hand-over/take-back': {
    summary:
      'Give a person back the clients and appointments that were handed over, as far as the receivers still have them',
    tag,
    access,
    params: idParams,
    status: 200,
    response: z.object({
      returned: count,
      kept: count.describe('clients who belong to somebody else by now'),
      appointments: z.object({
        returned: count,
        overlapping: count.describe('those whose time is taken by now: they came back as an encaixe'),
      }),
    }),
    errors: ['not_found', 'forbidden'],
  },
});
