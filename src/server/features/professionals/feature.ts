import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { sendInvitation } from './invitation.ts';
import { invitationJob } from './invitation-job.ts';
import { registerProfessionalRoutes } from './routes.ts';
import { retireSuperusers } from './superuser-queries.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    profile_updated: 'professional';
    settings_changed: 'professional';
    professional_invited: 'professional';
    professional_invited_again: 'professional';
    professional_updated: 'professional';
    role_changed: 'professional';
    clinical_access_changed: 'professional';
    professional_deactivated: 'professional';
    professional_reactivated: 'professional';
  }
}

/** The people who work in a clinic. */
export const professionals: Feature = {
  name: 'professionals',
  tables: ['professionals'],
  routes: registerProfessionalRoutes,
  jobs: (context) => [runJob(invitationJob, (job) => sendInvitation(context, job))],
  afterClinicImport: retireSuperusers,
  announces: [
    'professional_invited',
    'professional_updated',
    'role_changed',
    'clinical_access_changed',
    'professional_deactivated',
    'professional_reactivated',
  ],
};
