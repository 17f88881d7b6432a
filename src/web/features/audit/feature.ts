import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconListSearch } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const trail = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/auditoria',
  component: lazyRouteComponent(
    withCatalogue('audit', () => import('./trail-page.tsx')),
    'TrailPage',
  ),
});

const viewers = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes/$id/quem-viu',
  component: lazyRouteComponent(
    withCatalogue('audit', () => import('./viewers-page.tsx')),
    'ViewersPage',
  ),
});

const right = 'audit.read';

export const auditFeature = {
  pages: [trail, viewers],
  place: { to: '/auditoria', label: msg`Auditoria`, icon: IconListSearch, right, screen: 'computer' },
  // On a phone the navigation has room for four entries, so this one is in the account's menu.
  accountPlaces: [{ to: '/auditoria', label: msg`Auditoria`, icon: IconListSearch, right, screen: 'phone' }],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
