import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconUsersGroup } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const page = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/coberturas',
  component: lazyRouteComponent(
    withCatalogue('coverings', () => import('./coverings-page.tsx')),
    'CoveringsPage',
  ),
});

export const coveringsFeature = {
  pages: [page],
  accountPlaces: [{ to: '/coberturas', label: msg`Coberturas`, icon: IconUsersGroup, right: 'coverings.read' }],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
