import { z } from 'zod';
import { defineRoutes, idParams, timestamp, uuid } from './route.ts';

const copyInput = z.strictObject({
  dataRequestId: uuid.optional().describe('the request that the copy answers; it shows the copy as proof'),
});

export const copyLink = z.object({
  url: z.string().describe('works once, from the moment when the copy is ready; 404 until then and afterwards'),
  expiresAt: timestamp,
});
export type CopyLink = z.output<typeof copyLink>;

/** What a copy leaves out and counts, with the reason. */
export const apartReasons = ['third_parties', 'restricted_record'] as const;
export type ApartReason = (typeof apartReasons)[number];

const tag = 'clients';

export const copyRoutes = defineRoutes({
  'POST /clients/{id}/copies': {
    summary:
      "Make a person's copy of their data: a ZIP with JSON, PDF, files and a manifest, behind a link that works once",
    tag,
    access: 'session',
    params: idParams,
    body: copyInput.optional(),
    idempotent: 'unaddressed',
    status: 202,
    response: copyLink,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'idempotency_key_reused',
      'secret_already_shown',
      'too_many_requests',
    ],
  },
  'GET /copies/{token}.zip': {
    summary: 'The copy of a link, once. HEAD and the previews of messengers do not use it up.',
    tag,
    access: 'public',
    params: z.strictObject({ token: z.string().max(200) }),
    query: z.strictObject({
      save: z
        .literal('1')
        .optional()
        .describe('what the page behind the link asks with: a browser gets that page otherwise'),
    }),
    status: 200,
    produces: 'application/zip',
    errors: ['not_found', 'invalid_request', 'too_many_requests'],
  },
});
