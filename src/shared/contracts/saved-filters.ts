import { z } from 'zod';
import { name } from '../text.ts';
import { clientListQuery, clientOrder } from './clients.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

/** Filters and order of the client list. Without its search text: names and numbers of clients do not belong here. */
const keptFilters = clientListQuery
  .omit({ q: true, importId: true, limit: true, cursor: true })
  .extend({ sort: clientOrder.exclude(['match']).default('name') });

export const savedFilter = z.object({
  id: uuid,
  name: z.string(),
  filters: keptFilters.partial(),
  createdAt: timestamp,
});
export const savedFilterInput = z.strictObject({ name: name(40), filters: keptFilters });
export type SavedFilter = z.output<typeof savedFilter>;
export type SavedFilterInput = z.output<typeof savedFilterInput>;

const tag = 'saved filters';
const access = 'session';

export const savedFilterRoutes = defineRoutes({
  'GET /saved-filters': {
    summary: 'Own saved filters of the client list, by name',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(savedFilter),
    errors: ['invalid_request'],
  },
  'POST /saved-filters': {
    summary: 'Save filters under a name; what was saved under that name before is replaced',
    tag,
    access,
    body: savedFilterInput,
    status: 201,
    response: savedFilter,
    errors: ['invalid_request', 'list_full'],
  },
  'DELETE /saved-filters/{id}': {
    summary: 'Forget a saved filter',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
});
