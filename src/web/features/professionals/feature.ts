import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconStethoscope } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const people = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/profissionais',
  component: lazyRouteComponent(
    withCatalogue('professionals', () => import('./professionals-page.tsx')),
    'ProfessionalsPage',
  ),
});

/** A child of the list, which stays on the page below it. */
const person = createRoute({
  getParentRoute: () => people,
  path: '$id',
  component: lazyRouteComponent(
    withCatalogue('professionals', () => import('./person-page.tsx')),
    'PersonPage',
  ),
});

export const professionalsFeature = {
  pages: [people.addChildren([person])],
  place: { to: '/profissionais', label: msg`Profissionais`, icon: IconStethoscope, right: 'professionals.manage' },
  commands: () => import('./commands.tsx'),
  offline: { paths: ['professionals'] },
} satisfies Feature;
