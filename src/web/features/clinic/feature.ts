import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const clinic = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/clinica',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./clinic-page.tsx')),
    'ClinicPage',
  ),
});

const visits = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/atendimentos',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./visits-page.tsx')),
    'VisitsPage',
  ),
});

const tags = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/etiquetas',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./tags-page.tsx')),
    'TagsPage',
  ),
});

const messages = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/mensagens',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./messages-page.tsx')),
    'MessagesPage',
  ),
});

const hours = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/horarios',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./hours-page.tsx')),
    'HoursPage',
  ),
});

const absences = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/ausencias',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./absences-page.tsx')),
    'AbsencesPage',
  ),
});

const feeds = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/calendario',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./feeds-page.tsx')),
    'FeedsPage',
  ),
});

const hostEntries = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/hospedagem',
  component: lazyRouteComponent(
    withCatalogue('clinic', () => import('./host-entries-page.tsx')),
    'HostEntriesPage',
  ),
});

export const clinicFeature = {
  pages: [clinic, visits, tags, messages, hours, absences, feeds, hostEntries],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
