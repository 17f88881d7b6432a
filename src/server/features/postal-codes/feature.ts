import type { Feature } from '../../feature.ts';
import { registerPostalCodeRoutes } from './routes.ts';

/** Streets by CEP, from a service that the operator may choose. */
export const postalCodes: Feature = {
  name: 'postal-codes',
  tables: [],
  routes: registerPostalCodeRoutes,
};
