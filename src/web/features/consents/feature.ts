import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const texts = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/termos',
  component: lazyRouteComponent(
    withCatalogue('consents', () => import('./texts-page.tsx')),
    'TextsPage',
  ),
});

const print = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes/$id/termo/$textId',
  component: lazyRouteComponent(
    withCatalogue('consents', () => import('./print-page.tsx')),
    'ConsentPrintPage',
  ),
});

export const consentsFeature = {
  pages: [texts, print],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
