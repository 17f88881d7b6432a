import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { searchSeenClients } from '../../entities/client/search-offline.ts';
import type { Feature } from '../../lib/feature.ts';
import { withWords } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const loadList = () => import('./list/first-load.ts');

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clientes',
  component: lazyRouteComponent(withWords('clients', loadList), 'ClientListPage'),
  staticData: { prefetch: async (search, id) => (await loadList()).prefetchClients(search, id) },
});

/** Inside the list: the card lies over it. */
const card = createRoute({
  getParentRoute: () => list,
  path: '$id',
  component: lazyRouteComponent(
    withWords('clients', () => import('./card/card-page.tsx')),
    'ClientCardPage',
  ),
});

const form = lazyRouteComponent(
  withWords('clients', () => import('./form/form-page.tsx')),
  'ClientFormPage',
);

const newClient = createRoute({ getParentRoute: () => signedInRoute, path: '/clientes/novo', component: form });

const editClient = createRoute({ getParentRoute: () => signedInRoute, path: '/clientes/$id/editar', component: form });

export const clientsFeature = {
  pages: [list.addChildren([card]), newClient, editClient],
  place: { to: '/clientes', label: msg`Clientes`, icon: IconUsers },
  commands: () => import('./commands.tsx'),
  offline: {
    paths: ['clients', 'clients/{id}', 'clients/{id}/history'],
    list: {
      path: 'clients',
      search: (pages, query) => searchSeenClients(pages as readonly ResponseOf<'GET /clients'>[], query),
    },
  },
} satisfies Feature;
