import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconCalendar, IconSun } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';
import { type AgendaAddress, readAgendaAddress } from './agenda-address.ts';

const right = 'agenda.read';

const today = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/hoje',
  component: lazyRouteComponent(
    withCatalogue('agenda', () => import('./today/today-page.tsx')),
    'TodayPage',
  ),
});

const agenda = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/agenda',
  validateSearch: (search): Pick<AgendaAddress, keyof AgendaAddress> => readAgendaAddress(search),
  component: lazyRouteComponent(
    withCatalogue('agenda', () => import('./agenda-page.tsx')),
    'AgendaPage',
  ),
});

const sheet = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/agenda/imprimir',
  validateSearch: (search): Pick<AgendaAddress, 'dia' | 'profissional'> => readAgendaAddress(search),
  component: lazyRouteComponent(
    withCatalogue('agenda', () => import('./print/print-page.tsx')),
    'PrintPage',
  ),
});

const waiting = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/espera',
  component: lazyRouteComponent(
    withCatalogue('agenda', () => import('./waiting/waiting-list-page.tsx')),
    'WaitingListPage',
  ),
});

const packages = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/pacotes',
  component: lazyRouteComponent(
    withCatalogue('agenda', () => import('./packages/packages-page.tsx')),
    'PackagesPage',
  ),
});

/** Its place stands before the clients, that of the agenda after them. */
export const todayFeature = {
  pages: [today],
  place: { to: '/hoje', label: msg`Hoje`, icon: IconSun, right },
} satisfies Feature;

export const agendaFeature = {
  pages: [agenda, sheet, waiting, packages],
  place: { to: '/agenda', label: msg`Agenda`, icon: IconCalendar, right },
  commands: () => import('./commands.tsx'),
  offline: { paths: ['appointments', 'availability', 'clinic', 'visit-types', 'rooms', 'professionals'] },
} satisfies Feature;
