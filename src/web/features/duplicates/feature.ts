import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const pairs = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes/duplicados',
  component: lazyRouteComponent(
    withCatalogue('duplicates', () => import('./duplicates-page.tsx')),
    'DuplicatesPage',
  ),
});

const merge = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes/duplicados/$winnerId/$loserId',
  component: lazyRouteComponent(
    withCatalogue('duplicates', () => import('./merge-page.tsx')),
    'MergePage',
  ),
});

export const duplicatesFeature = { pages: [pairs, merge] } satisfies Feature;
