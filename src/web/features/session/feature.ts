import { msg } from '@lingui/core/macro';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { IconDevices } from '@tabler/icons-react';
import type { Feature } from '../../lib/feature.ts';
import { rootRoute, signedInRoute } from '../../lib/routes.ts';
import { readSession } from '../../lib/session.ts';

/** Whether a path is one of this app: after signing in, nobody is sent to another site. */
const isOwnPath = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])/.test(path);

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/entrar',
  validateSearch: ({ voltar }): { voltar?: string } => (isOwnPath(voltar) ? { voltar } : {}),
  beforeLoad: async ({ search, context }) => {
    // Without a known session on this device, the page is shown at once, without asking the server.
    if (readSession() === undefined) return;
    const me = await context.findMe().catch(() => undefined);
    if (me !== undefined) redirect({ href: search.voltar ?? '/clientes', replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const devices = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/dispositivos',
  component: lazyRouteComponent(() => import('./devices-page.tsx'), 'DevicesPage'),
});

const passkeys = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/configuracoes/chaves-de-acesso',
  component: lazyRouteComponent(() => import('./passkeys-page.tsx'), 'PasskeysPage'),
});

export const sessionFeature = {
  pages: [devices, passkeys],
  openPages: [signIn],
  accountPlaces: [{ to: '/configuracoes/dispositivos', label: msg`Meus dispositivos`, icon: IconDevices }],
  commands: () => import('./commands.tsx'),
  offline: { paths: ['me'] },
} satisfies Feature;
