import { type AnyRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Feature } from '../lib/feature.ts';
import { type RouteMatch, rootRoute, signedInRoute } from '../lib/routes.ts';
import { Failure } from './failure.tsx';
import { features } from './features.ts';
import { Missing } from './missing.tsx';
import { Root } from './root.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';

const loadHome = () => import('./home.ts');

rootRoute.update({ component: Root, notFoundComponent: Missing });
// A short wait shows nothing, and the page does not wait for what stands in its place.
signedInRoute.update({
  component: lazyRouteComponent(loadHome, 'Shell'),
  pendingComponent: ShellSkeleton,
  pendingMinMs: 0,
});

const home = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/clientes', replace: true, throw: true });
  },
});

type RoutesOf<Part, Kind extends 'pages' | 'openPages'> =
  Part extends Readonly<Record<Kind, readonly (infer Route)[]>> ? Route : never;

/** The routes of all features. Their exact types let the compiler check every address in the app. */
const collectRoutes = <Part extends Feature, Kind extends 'pages' | 'openPages'>(
  parts: readonly Part[],
  kind: Kind,
): RoutesOf<Part, Kind>[] => parts.flatMap((part) => part[kind] ?? []) as RoutesOf<Part, Kind>[];

const routeTree = rootRoute.addChildren([
  ...collectRoutes(features, 'openPages'),
  signedInRoute.addChildren([home, ...collectRoutes(features, 'pages')]),
]);

async function loadAhead(matches: readonly RouteMatch[]): Promise<void> {
  const routesById: Readonly<Record<string, AnyRoute | undefined>> = router.routesById;
  const id = matches.at(-1)?.params['id'];
  await Promise.all(
    matches.map(async ({ routeId, search }) => {
      const { component, staticData } = routesById[routeId]?.options ?? {};
      await Promise.all([component?.preload?.(), staticData?.prefetch?.(search, id)]);
    }),
  );
}

export const router = createRouter({
  routeTree,
  context: {
    // Imported here, because it brings the query library, which the sign-in page does without.
    findMe: async () => (await loadHome()).findMe(),
    loadAhead,
  },
  defaultPreload: 'intent',
  defaultErrorComponent: Failure,
  defaultPendingMs: 150,
  scrollRestoration: true,
  getScrollRestorationKey: ({ state, href }) => state.scrollKey ?? state.__TSR_key ?? href,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
