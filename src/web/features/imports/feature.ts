import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconFileImport } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const start = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/importar',
  component: lazyRouteComponent(
    withCatalogue('imports', () => import('./start/imports-page.tsx')),
    'ImportsPage',
  ),
});

const job = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/importar/$id',
  component: lazyRouteComponent(
    withCatalogue('imports', () => import('./job/job-page.tsx')),
    'ImportJobPage',
  ),
});

const right = 'imports.run';

export const importsFeature = {
  pages: [start, job],
  place: { to: '/importar', label: msg`Importar`, icon: IconFileImport, right, screen: 'computer' },
  // On a phone the navigation has room for four entries, so this one is in the account's menu.
  accountPlaces: [{ to: '/importar', label: msg`Importar clientes`, icon: IconFileImport, right, screen: 'phone' }],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
