import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { IconSettings } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { withCatalogue } from '../../lib/i18n.ts';
import { signedInRoute } from '../../lib/routes.ts';

const settings = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes',
  component: lazyRouteComponent(
    withCatalogue('settings', () => import('./settings-page.tsx')),
    'SettingsPage',
  ),
});

export const settingsFeature = {
  pages: [settings],
  place: { to: '/configuracoes', label: msg`Configurações`, icon: IconSettings },
  commands: () => import('./commands.tsx'),
  offline: { paths: ['me/settings'] },
} satisfies Feature;
