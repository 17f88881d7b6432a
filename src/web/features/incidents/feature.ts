import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/incidentes',
  component: lazyRouteComponent(
    withCatalogue('incidents', () => import('./incidents-page.tsx')),
    'IncidentsPage',
  ),
});

const incident = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/incidentes/$id',
  component: lazyRouteComponent(
    withCatalogue('incidents', () => import('./incident-page.tsx')),
    'IncidentPage',
  ),
});

export const incidentsFeature = {
  pages: [list, incident],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
