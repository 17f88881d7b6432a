import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import {
  changeIncident,
  getIncident,
  type IncidentDependencies,
  listIncidents,
  registerIncident,
} from './incidents.ts';

export function registerIncidentRoutes(route: RouteBinder, deps: IncidentDependencies): void {
  route('GET /incidents', async ({ actor, query }) => ({ body: await listIncidents(deps, actor, query) }));
  route('POST /incidents', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...registered } = await registerIncident(deps, actor, body, idempotencyKey);
    return { ...registered, headers: writeCreatedHeaders(`/incidents/${registered.body.id}`, replayed) };
  });
  route('GET /incidents/{id}', ({ actor, params }) => getIncident(deps, actor, params.id));
  route('PATCH /incidents/{id}', ({ actor, params, matches, body }) =>
    changeIncident(deps, actor, params.id, matches, body),
  );
}
