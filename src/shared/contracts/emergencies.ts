import { z } from 'zod';
import { document } from '../document.ts';
import { phone } from '../phone.ts';
import { reason } from './coverings.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from './route.ts';

/** Hours for which a client of somebody else is open. */
export const emergencyHours = 4;

const person = z.object({ id: uuid, name: z.string() });

export const emergencyAccess = z.object({
  id: uuid,
  client: z.object({
    id: uuid,
    name: z.string().nullable().describe('null once the reader does not see the client any more'),
  }),
  professional: person.describe('who opened it'),
  owner: person.describe('whose client it was, and who was told'),
  reason: z.string(),
  openedAt: timestamp,
  expiresAt: timestamp,
  reviewedAt: timestamp.nullable(),
  reviewedBy: person.nullable(),
});
export type EmergencyAccess = z.output<typeof emergencyAccess>;

/** A client who has exactly the given document or phone: enough to know that it is the right one, not who else there is. */
const foundClient = z.object({
  id: uuid,
  initials: z.string(),
  birthYear: z.number().int().nullable(),
  owner: person,
});
export type FoundClient = z.output<typeof foundClient>;

export const emergencyLookUp = z
  .strictObject({ document: document.optional(), phone: phone.optional() })
  .refine(({ document: number, phone: call }) => (number === undefined) !== (call === undefined), 'invalid_value');

const tag = 'emergencies';
const access = 'session';

export const emergencyRoutes = defineRoutes({
  'POST /emergency-accesses/look-up': {
    summary: 'Find a colleague’s client by the whole document or phone, to open it in an emergency',
    tag,
    access,
    body: emergencyLookUp,
    status: 200,
    response: z.object({ items: z.array(foundClient) }),
    errors: ['invalid_request', 'forbidden', 'too_many_requests'],
  },
  'POST /clients/{id}/emergency-access': {
    summary: `Open a colleague’s client for ${String(emergencyHours)} hours; the colleague is told at once`,
    tag,
    access,
    params: idParams,
    body: z.strictObject({ reason }),
    idempotent: true,
    status: 201,
    response: emergencyAccess,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'client_in_reach',
      'idempotency_key_reused',
      'too_many_requests',
    ],
  },
  'GET /emergency-accesses': {
    summary: 'Who opened whose client in an emergency, the newest first',
    tag,
    access,
    query: z.strictObject({
      state: z.enum(['open', 'reviewed']).optional().describe('open: not reviewed yet'),
      limit,
      cursor: cursor.optional(),
    }),
    status: 200,
    response: pageOf(emergencyAccess),
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /emergency-accesses/{id}/review': {
    summary: 'Say that an emergency access was looked into; not one’s own',
    tag,
    access,
    params: idParams,
    status: 200,
    response: emergencyAccess,
    errors: ['not_found', 'forbidden', 'own_rights'],
  },
});
