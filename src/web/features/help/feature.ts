import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconHelp } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const help = lazyRouteComponent(
  withCatalogue('help', () => import('./help-page.tsx')),
  'HelpPage',
);

const contents = createRoute({ getParentRoute: () => signedInRoute, path: '/ajuda', component: help });

const guide = createRoute({ getParentRoute: () => signedInRoute, path: '/ajuda/$pagina', component: help });

export const helpFeature = {
  pages: [contents, guide],
  accountPlaces: [{ to: '/ajuda', label: msg`Ajuda`, icon: IconHelp }],
  commands: () => import('./commands.tsx'),
} satisfies Feature;
