import type { Feature } from '../../feature.ts';
import { consentRecords, consentTables } from './records.ts';
import { registerConsentRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    consent_text_added: 'consent_text';
    consent_recorded: 'client';
    consent_withdrawn: 'client';
  }
}

/** What clients agree to: texts in versions, answers and withdrawals, all of them append-only. */
export const consents: Feature = {
  name: 'consents',
  tables: ['consent_texts', 'consents', 'consent_withdrawals'],
  routes: registerConsentRoutes,
  clientRecords: consentRecords,
  clientTables: consentTables,
  announces: ['consent_recorded', 'consent_withdrawn'],
  exposes: { consent_recorded: ['documents'], consent_withdrawn: ['documents'] },
};
