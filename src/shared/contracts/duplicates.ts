import { z } from 'zod';
import { choiceShape } from './client-schemas.ts';
import { client, clientMerge, clientSummary } from './clients.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, uuid } from './route.ts';

/** What two records have in common that makes them look like one person. */
export const duplicateReason = z
  .enum(['document', 'name', 'similarName', 'birthDate', 'phone', 'email'])
  .describe('`document`: the CPF, CNPJ or RG; `similarName`: differs by a typo or by middle names');
export type DuplicateReason = z.output<typeof duplicateReason>;

export const duplicatePair = z.object({
  /** The older record first. */
  clients: z.tuple([clientSummary, clientSummary]),
  reasons: z.array(duplicateReason),
  certainty: z.enum(['high', 'medium', 'low']),
});
export type DuplicatePair = z.output<typeof duplicatePair>;

/**
 * Which record each field is taken from. A field left out is the winner's, or the loser's where the winner's is empty.
 */
export const mergeChoices = z.strictObject(choiceShape);
export type MergeChoices = z.output<typeof mergeChoices>;

// Proxies may have marked it as weak or appended a coding: `W/"1"`, `"1-gzip"`.
const etag = z.string().regex(/^(\*|(?:W\/)?"\d{1,9}[a-z;-]{0,10}")$/, 'invalid_value');

export const mergeInput = z.strictObject({
  winnerId: uuid.describe('the record that stays'),
  loserId: uuid.describe('the record that is archived, its history kept'),
  winnerEtag: etag.describe('the ETag of the version you have seen, or `*`'),
  loserEtag: etag.describe('the ETag of the version you have seen, or `*`'),
  fields: mergeChoices.default({}).describe('tags and imported columns of both are kept and need no choice'),
});
export type MergeInput = z.output<typeof mergeInput>;

const pair = z.strictObject({ clientIds: z.tuple([uuid, uuid]) });

const tag = 'duplicates';
const access = 'session';

export const duplicateRoutes = defineRoutes({
  'GET /duplicates': {
    summary: 'Pairs of records that are probably one person, the most certain first',
    tag,
    access,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(duplicatePair),
    errors: ['invalid_request'],
  },
  'POST /duplicates/dismissals': {
    summary: 'Mark two records as different people, so that the pair is no longer listed',
    tag,
    access,
    body: pair,
    status: 201,
    response: z.object({ id: uuid }),
    errors: ['invalid_request', 'not_found'],
  },
  'DELETE /duplicates/dismissals/{id}': {
    summary: 'Undo marking two records as different people',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
  'POST /duplicates/merge': {
    summary: 'Merge one record into another, field by field',
    tag,
    access,
    body: mergeInput,
    status: 200,
    response: z.object({ merge: clientMerge, client }),
    errors: ['invalid_request', 'forbidden', 'not_found', 'client_archived', 'stale', 'conflict'],
  },
  'POST /duplicates/merges/{id}/undo': {
    summary: 'Undo a merge within 30 days; fields changed since then stay as they are',
    tag,
    access,
    params: idParams,
    status: 200,
    response: z.object({
      merge: clientMerge,
      winner: client,
      loser: client,
      kept: z.array(z.string()).describe('fields of the winner that somebody has changed since: they stay as they are'),
    }),
    errors: [
      'not_found',
      'client_archived',
      'merge_undone',
      'merge_expired',
      'duplicate_phone',
      'duplicate_document',
      'client_limit_reached',
      'invalid_request',
      'conflict',
    ],
  },
});
