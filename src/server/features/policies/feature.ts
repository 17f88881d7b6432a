import type { Feature } from '../../feature.ts';
import { registerPolicyRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    privacy_settings_changed: 'clinic';
    policy_published: 'policy';
  }
}

/** What a clinic says publicly about personal data: notice, terms, who is responsible, whom to ask. */
export const policies: Feature = {
  name: 'policies',
  tables: ['privacy_settings', 'policy_versions'],
  routes: registerPolicyRoutes,
};
