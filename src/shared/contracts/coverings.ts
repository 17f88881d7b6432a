import { z } from 'zod';
import { multilineText } from '../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

/** The most days of a covering, and the most clients that it names; beyond those, cover all. */
export const mostCoveringDays = 30;
export const mostCoveredClients = 100;

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .describe('RFC 3339, or a day of the clinic: `YYYY-MM-DD`; `to` includes the whole of its day');

/** Why somebody stands in for somebody, or opened what isn't theirs. Kept beside it and never in the trail. */
export const reason = multilineText(500).refine((value) => value.trim() !== '', 'blank');

export const coveringInput = z.strictObject({
  absentId: uuid.describe('whose clients they are'),
  coveringId: uuid.describe('who treats them meanwhile'),
  clientIds: z
    .array(uuid)
    .min(1)
    .max(mostCoveredClients)
    .optional()
    .describe('these clients of theirs alone; without it all of them, and the agenda'),
  from: moment,
  to: moment.describe(`at most ${String(mostCoveringDays)} days after \`from\``),
  reason,
});
export type CoveringInput = z.output<typeof coveringInput>;

const person = z.object({ id: uuid, name: z.string() });

export const covering = z.object({
  id: uuid,
  absent: person,
  covering: person,
  clientCount: z.number().int().nullable().describe('how many are named; null: all of them'),
  clients: z
    .array(z.object({ id: uuid, name: z.string() }))
    .nullable()
    .describe('those named, as far as the reader sees them; null: all of them, and the agenda'),
  from: timestamp,
  to: timestamp,
  reason: z.string(),
  state: z.enum(['planned', 'running', 'over']),
  createdBy: person,
  createdAt: timestamp,
  endedAt: timestamp.nullable().describe('when it was ended early'),
  endedBy: person.nullable(),
});
export type Covering = z.output<typeof covering>;

const tag = 'coverings';
const access = 'session';

export const coveringRoutes = defineRoutes({
  'GET /coverings': {
    summary: 'Who covers whom: planned, running, and those of the last year that are over',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(covering),
    errors: ['invalid_request'],
  },
  'POST /coverings': {
    summary: 'Have somebody who is away covered: their clients and agenda, or some clients',
    tag,
    access,
    body: coveringInput,
    idempotent: true,
    status: 201,
    response: covering,
    errors: ['not_found', 'invalid_request', 'forbidden', 'list_full', 'idempotency_key_reused'],
  },
  'DELETE /coverings/{id}': {
    summary: 'End a covering now; it stays in the list',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
});
