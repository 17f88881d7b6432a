import { errorCatalogue, type ErrorCode } from '../../shared/contracts/index.ts';
import type { RouteContract } from '../../shared/contracts/route.ts';
import { fieldErrorCatalogue } from '../../shared/errors.ts';
import { maxErrors } from '../http/invalid-request.ts';
import type { Answer, Header, Schema } from './types.ts';

/** The body of every error (RFC 9457). */
export const problemSchema: Schema = {
  type: 'object',
  description: 'application/problem+json (RFC 9457). `code` is stable; `detail` is in the language of the request.',
  properties: {
    type: { type: 'string', description: '`urn:acolhe:problem:` and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCatalogue) },
    detail: { type: 'string', description: 'pt-BR by default, English with `Accept-Language: en`' },
    requestId: { type: 'string', format: 'uuid', description: 'to quote when asking for help' },
    errors: {
      type: 'array',
      description: 'what is wrong, field by field; with `invalid_request`',
      maxItems: maxErrors,
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'dotted: `address.postalCode`' },
          code: { type: 'string', enum: Object.keys(fieldErrorCatalogue) },
          message: { type: 'string' },
        },
        required: ['path', 'code', 'message'],
      },
    },
    moreErrors: { type: 'integer', description: 'how many errors are not listed; absent when all are' },
  },
  required: ['type', 'title', 'status', 'code', 'detail'],
};

const retryAfter: Record<string, Header> = {
  'Retry-After': { description: 'seconds to wait', schema: { type: 'integer', minimum: 1 } },
};

/** Every error code of an operation: those that its contract lists, and those that follow from its parameters and body. */
export function listErrorCodes(method: string, contract: RouteContract<ErrorCode>): ErrorCode[] {
  const codes = new Set<ErrorCode>(contract.errors);
  const add = (...more: readonly ErrorCode[]) => {
    for (const code of more) codes.add(code);
  };
  if (contract.access === 'session')
    add('unauthenticated', 'invalid_token', 'token_expired', 'session_ended', 'too_many_requests');
  if (contract.access === 'session' && contract.auditors !== true) add('forbidden');
  if (contract.params !== undefined) add('not_found');
  // Every operation refuses unknown fields.
  add('invalid_request');
  if (contract.query !== undefined) add('bad_request');
  if (contract.body !== undefined) add('bad_request', 'payload_too_large', 'unsupported_media_type');
  if (contract.consumes !== undefined) add('broken_form');
  else if (contract.body !== undefined) add('not_utf8', 'repeated_name');
  if (contract.ifMatch !== undefined || method === 'delete') add('stale');
  if (contract.ifMatch === true) add('precondition_required');
  if (method !== 'get') add('cross_origin');
  add('unknown_host', 'internal', 'unavailable', 'too_slow');
  return [...codes];
}

/** The error answers by status, each with its codes and their meaning. */
export function describeProblems(codes: readonly ErrorCode[]): Record<string, Answer> {
  const byStatus = Map.groupBy(codes, (code) => errorCatalogue[code].status);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, ofStatus]) => [
        String(status),
        {
          description: ofStatus.map((code) => `\`${code}\`: ${errorCatalogue[code].en}`).join('\n\n'),
          ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
          content: {
            'application/problem+json': {
              schema: {
                allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: ofStatus } } }],
              },
            },
          },
        },
      ]),
  );
}
