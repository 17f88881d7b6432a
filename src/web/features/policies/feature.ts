import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { rootRoute, signedInRoute } from '../../lib/routes.ts';

const settings = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/privacidade',
  component: lazyRouteComponent(
    withCatalogue('policies', () => import('./privacy-settings-page.tsx')),
    'PrivacySettingsPage',
  ),
});

const shown = lazyRouteComponent(
  withCatalogue('policies', () => import('./policies-page.tsx')),
  'PoliciesPage',
);

/** For anybody: with a clinic, or without one from the sign-in page. */
const ofClinic = createRoute({ getParentRoute: () => rootRoute, path: '/privacidade/$clinic', component: shown });
const ofHost = createRoute({ getParentRoute: () => rootRoute, path: '/privacidade', component: shown });

export const policiesFeature = {
  pages: [settings],
  openPages: [ofClinic, ofHost],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
