import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconShieldLock } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { rootRoute, signedInRoute } from '../../lib/routes.ts';

const desk = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/lgpd',
  validateSearch: ({ cliente }: Record<string, unknown>): { readonly cliente?: string } =>
    typeof cliente === 'string' ? { cliente } : {},
  component: lazyRouteComponent(
    withCatalogue('lgpd', () => import('./desk-page.tsx')),
    'DeskPage',
  ),
});

/** Opened by the link of a copy, by people without an account. */
const copy = createRoute({
  getParentRoute: () => rootRoute,
  path: '/copia/$token',
  component: lazyRouteComponent(
    withCatalogue('lgpd', () => import('./copy-page.tsx')),
    'CopyPage',
  ),
});

export const lgpdFeature = {
  pages: [desk],
  openPages: [copy],
  accountPlaces: [{ to: '/lgpd', label: msg`LGPD`, icon: IconShieldLock, right: 'data-requests.manage' }],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
