import type { Feature } from '../../feature.ts';
import { outlivedIncidents } from './queries.ts';
import { registerIncidentRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    incident_registered: 'incident';
    incident_changed: 'incident';
    incident_read: 'incident';
  }
}

/** Incidents with personal data: whom they touched by the trail, and by when they have to be told. */
export const incidents: Feature = {
  name: 'incidents',
  tables: ['incidents'],
  routes: registerIncidentRoutes,
  purges: { incidents: outlivedIncidents },
};
