import type { Feature } from '../../feature.ts';
import { registerSavedFilterRoutes } from './routes.ts';

/** Filters of the client list that each person keeps under names. */
export const savedFilters: Feature = {
  name: 'saved-filters',
  tables: ['saved_filters'],
  routes: registerSavedFilterRoutes,
};
