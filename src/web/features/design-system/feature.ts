import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withWords } from '../../lib/i18n.ts';
import { rootRoute } from '../../lib/routes.ts';

/** The parts that pages are made of, for those who make them: in no navigation, open to anybody. */
const designSystem = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sistema-visual',
  component: lazyRouteComponent(
    withWords('design-system', () => import('./design-system-page.tsx')),
    'DesignSystemPage',
  ),
});

export const designSystemFeature = { openPages: [designSystem] } satisfies Feature;
