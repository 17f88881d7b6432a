import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { may } from '../../shared/permissions.ts';
import type { Me } from '../../shared/contracts/auth.ts';
import { readSession } from './session.ts';

/** A route that matches an address, with its parameters. */
export interface RouteMatch {
  readonly routeId: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly search: Readonly<Record<string, unknown>>;
}

/** What routes get from the app. */
interface RouteContext {
  /** The signed-in person, or undefined without a session. Rejects when the server can't be reached. */
  readonly findMe: () => Promise<Me | undefined>;
  /** Starts loading the pages of an address, and the data that they need first. */
  readonly loadAhead: (matches: readonly RouteMatch[]) => Promise<void>;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Requests the data that the page shows first, while the session is still being checked. `id`: of the innermost route. */
    readonly prefetch?: (search: RouteMatch['search'], id: string | undefined) => Promise<unknown>;
  }
}

/** The parent of pages that need no session. */
export const rootRoute = createRootRouteWithContext<RouteContext>()();

/** The parent of everything behind the sign-in, inside the navigation. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location, matches, cause }) => {
    // Errors are ignored: the page makes the same requests again.
    if (cause === 'enter' && readSession() !== undefined) context.loadAhead(matches).catch(() => undefined);
    const me = await context.findMe();
    // Auditors have no clients: what is home to everybody else is the trail to them.
    if (me !== undefined && location.pathname === '/clientes' && !may(me.role, 'clients.read.registration'))
      redirect({ to: '/auditoria', replace: true, throw: true });
    if (me !== undefined) return;
    const back = location.href === '/' || location.href === '/clientes' ? {} : { voltar: location.href };
    redirect({ to: '/entrar', search: back, replace: true, throw: true });
  },
});
