import { authRoutes } from './auth.ts';
import { clientRoutes } from './client-routes.ts';
import { duplicateRoutes } from './duplicates.ts';
import { eventRoutes } from './events.ts';
import { importRoutes } from './imports.ts';
import { professionalRoutes } from './professionals.ts';

/** The whole HTTP surface below `/api/v1`: the one source of validation, types and OpenAPI. */
export const contracts = {
  ...authRoutes,
  ...clientRoutes,
  ...duplicateRoutes,
  ...eventRoutes,
  ...importRoutes,
  ...professionalRoutes,
};

export type Contracts = typeof contracts;
export type RouteKey = keyof Contracts;
