import type { RouteBinder } from '../../http/route.ts';
import { anonymizeClient, type AnonymizingDependencies, withdrawAnonymization } from './service.ts';

export function registerAnonymizeRoutes(route: RouteBinder, deps: AnonymizingDependencies): void {
  route('POST /clients/{id}/anonymize', ({ actor, params, body }) =>
    anonymizeClient(deps, actor, params.id, body ?? {}),
  );
  route('DELETE /clients/{id}/anonymize', async ({ actor, params }) => {
    await withdrawAnonymization(deps, actor, params.id);
    return {};
  });
}
