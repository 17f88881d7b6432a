import type { Feature } from '../../feature.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    clinic_created: 'professional';
    superuser_created: 'professional';
  }
}

/** Clinics, which the host's operator creates. */
export const clinics: Feature = { name: 'clinics', tables: ['clinics'] };
