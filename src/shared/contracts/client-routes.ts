import { z } from 'zod';
import {
  client,
  clientChange,
  clientDataExport,
  clientFilters,
  clientFilterValues,
  clientInput,
  clientListQuery,
  clientPatch,
  clientSummary,
} from './clients.ts';
import { cursor, defineRoutes, idParams, limit, pageOf } from './route.ts';

const tag = 'clients';

/** An export may have active and archived clients in one file. */
const exportFilters = clientFilters.extend({
  status: z.enum(['active', 'archived', 'all']).default('active').describe('`all`: active ones first'),
});
export type ExportFilters = z.output<typeof exportFilters>;

export const clientRoutes = defineRoutes({
  'GET /clients': {
    summary: 'List and search clients',
    tag,
    access: 'session',
    query: clientListQuery,
    status: 200,
    response: pageOf(clientSummary),
    errors: ['invalid_request'],
  },
  'POST /clients': {
    summary: 'Register a client',
    tag,
    access: 'session',
    body: clientInput,
    idempotent: true,
    status: 201,
    response: client,
    errors: ['invalid_request', 'duplicate_phone', 'duplicate_document', 'idempotency_key_reused', 'forbidden'],
  },
  'GET /clients/filters': {
    summary: 'The cities, states and tags that clients have, to narrow the list by',
    tag,
    access: 'session',
    status: 200,
    response: clientFilterValues,
    errors: [],
  },
  'GET /clients/export.csv': {
    summary: 'The filtered list as CSV',
    tag,
    access: 'session',
    query: exportFilters.extend({
      dialect: z
        .enum(['standard', 'excel'])
        .default('standard')
        .describe('`excel`: semicolons and a byte order mark, as a Brazilian Excel opens it'),
    }),
    status: 200,
    produces: 'text/csv',
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /clients/export.xlsx': {
    summary: 'The filtered list as a workbook',
    tag,
    access: 'session',
    query: exportFilters,
    status: 200,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    errors: ['invalid_request', 'forbidden'],
  },
  'GET /clients/{id}': {
    summary: 'One client',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found'],
  },
  'PATCH /clients/{id}': {
    summary: 'Change a client',
    tag,
    access: 'session',
    params: idParams,
    body: clientPatch,
    ifMatch: true,
    status: 200,
    response: client,
    errors: [
      'not_found',
      'invalid_request',
      'duplicate_phone',
      'duplicate_document',
      'stale',
      'precondition_required',
      'forbidden',
    ],
  },
  'DELETE /clients/{id}': {
    summary: 'Archive a client',
    tag,
    access: 'session',
    params: idParams,
    ifMatch: true,
    status: 204,
    errors: ['not_found', 'stale', 'precondition_required', 'client_has_appointments'],
  },
  'POST /clients/{id}/restore': {
    summary: 'Bring an archived client back',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found', 'duplicate_phone', 'duplicate_document'],
  },
  'GET /clients/{id}/history': {
    summary: 'What changed in a client, when, and by whom',
    tag,
    access: 'session',
    params: idParams,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(clientChange).describe('a page ends early where its changes fill a megabyte'),
    errors: ['not_found', 'invalid_request'],
  },
  'GET /clients/{id}/data-export': {
    summary: "The data subject's copy of everything kept about them (LGPD art. 18)",
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: clientDataExport,
    errors: ['not_found', 'forbidden'],
  },
  'GET /clients/{id}/vcard': {
    summary: 'A client for the contacts of a phone, as a vCard: names, phones, e-mail, address and birthday',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    produces: 'text/vcard',
    errors: ['not_found'],
  },
  'POST /clients/{id}/anonymize': {
    summary: 'Take out what tells who a client is, once the record need not be kept (Lei 13.787/2018 art. 6)',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: client,
    errors: ['not_found', 'forbidden', 'retention_period'],
  },
});
