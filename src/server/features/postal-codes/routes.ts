import type { RouteContext } from '../../feature.ts';
import type { RouteBinder } from '../../http/route.ts';
import { PostalCodeService } from './postal-code-service.ts';
import { RequestAllowance } from './request-allowance.ts';

/** More than anybody types; each process counts for itself. */
const perMinute = 60;

export function registerPostalCodeRoutes(route: RouteBinder, { config, log }: RouteContext): void {
  const url = config.postalCodeServiceUrl;
  const service = url === undefined ? undefined : new PostalCodeService(url, log);
  const allowance = new RequestAllowance(perMinute);
  route('GET /postal-codes/{postalCode}', async ({ actor, params }) => {
    if (service === undefined) return { body: { place: null } };
    allowance.charge(actor.professionalId);
    return { body: { place: await service.find(params.postalCode) } };
  });
}
