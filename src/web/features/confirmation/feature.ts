import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { rootRoute } from '../../lib/routes.ts';

/** Opened from a message, by people without an account. */
const answer = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$token',
  component: lazyRouteComponent(
    withCatalogue('confirmation', () => import('./confirmation-page.tsx')),
    'ConfirmationPage',
  ),
});

export const confirmationFeature = { openPages: [answer] } satisfies Feature;
