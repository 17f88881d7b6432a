import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { rootRoute } from '../../lib/routes.ts';

/** Shows the parts that pages are made of, for developers. Not in the navigation; needs no sign-in. */
const designSystem = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sistema-visual',
  component: lazyRouteComponent(
    withCatalogue('design-system', () => import('./design-system-page.tsx')),
    'DesignSystemPage',
  ),
});

export const designSystemFeature = { openPages: [designSystem] } satisfies Feature;
