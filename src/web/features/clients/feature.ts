import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { searchStoredClients } from '../../entities/client/search-offline.ts';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const loadList = () => import('./list/first-load.ts');

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes',
  component: lazyRouteComponent(withCatalogue('clients', loadList), 'ClientListPage'),
  staticData: { prefetch: async (search, id) => (await loadList()).prefetchClients(search, id) },
});

/** A child of the list, which stays on the page below the card. */
const card = createRoute({
  getParentRoute: () => list,
  path: '$id',
  component: lazyRouteComponent(
    withCatalogue('clients', () => import('./card/card-page.tsx')),
    'ClientCardPage',
  ),
});

const form = lazyRouteComponent(
  withCatalogue('clients', () => import('./form/form-page.tsx')),
  'ClientFormPage',
);

const newClient = createRoute({ getParentRoute: () => signedInRoute, path: '/clientes/novo', component: form });

const editClient = createRoute({ getParentRoute: () => signedInRoute, path: '/clientes/$id/editar', component: form });

const blankForm = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes/imprimir-ficha',
  component: lazyRouteComponent(
    withCatalogue('clients', () => import('./print/blank-form-page.tsx')),
    'BlankFormPage',
  ),
});

export const clientsFeature = {
  pages: [list.addChildren([card]), newClient, editClient, blankForm],
  place: { to: '/clientes', label: msg`Clientes`, icon: IconUsers, right: 'clients.read.registration' },
  commands: () => import('./commands.tsx'),
  offline: {
    paths: ['clients', 'clients/{id}', 'clients/{id}/history'],
    list: {
      path: 'clients',
      search: (pages, query) => searchStoredClients(pages as readonly ResponseOf<'GET /clients'>[], query),
    },
  },
} satisfies Feature;
