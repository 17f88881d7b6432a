import type { Feature } from '../../feature.ts';
import { registerClinicRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    clinic_created: 'professional';
    superuser_created: 'professional';
    clinic_changed: 'clinic';
  }
}

/** Clinics, which the host's operator creates, and their settings. */
export const clinics: Feature = {
  name: 'clinics',
  tables: ['clinics'],
  routes: registerClinicRoutes,
  announces: ['clinic_changed'],
};
