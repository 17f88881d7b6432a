import { z } from 'zod';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

/** What the other one is to the client. */
export const relativeKinds = ['parent', 'child', 'guardian', 'dependent', 'sibling', 'partner'] as const;
export type RelativeKind = (typeof relativeKinds)[number];

const kind = z
  .enum(relativeKinds)
  .describe('what the other one is to this client; the other card says the opposite: `parent` and `child`');

export const relativeInput = z.strictObject({ clientId: uuid, kind });
export type RelativeInput = z.output<typeof relativeInput>;

export const relative = z.object({
  id: uuid.describe('of the link, which is the same on both cards'),
  kind,
  client: z.object({ id: uuid, name: z.string(), phone: z.string().nullable(), archivedAt: timestamp.nullable() }),
  createdAt: timestamp,
});
export type Relative = z.output<typeof relative>;

/** A link in a person's copy of their data. */
export const relativeCopy = z.object({ kind, name: z.string().nullable(), createdAt: timestamp });
export type RelativeCopy = z.output<typeof relativeCopy>;

const tag = 'clients';
const access = 'session';

export const relativeRoutes = defineRoutes({
  'GET /clients/{id}/relatives': {
    summary: "Who of the clinic's clients is family of one, as far as the person may see them",
    tag,
    access,
    params: idParams,
    query: shortListQuery,
    status: 200,
    response: pageOf(relative),
    errors: ['not_found', 'invalid_request'],
  },
  'POST /clients/{id}/relatives': {
    summary: 'Link two clients as family; both cards show it',
    tag,
    access,
    params: idParams,
    body: relativeInput,
    idempotent: true,
    status: 201,
    response: relative,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'already_related',
      'client_archived',
      'too_many_relatives',
      'idempotency_key_reused',
    ],
  },
  'DELETE /clients/{id}/relatives/{linkId}': {
    summary: 'Take such a link away, from both cards',
    tag,
    access,
    params: idParams.extend({ linkId: uuid }),
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
});
