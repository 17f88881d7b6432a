import type { Feature } from '../../feature.ts';
import { registerFhir } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    /** Somebody's program listed resources; the details say of which type. */
    fhir_searched: undefined;
  }
}

/** Clients, people and appointments for other programs, as FHIR R4. */
export const fhir: Feature = { name: 'fhir', tables: [], outerRoutes: registerFhir };
