import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { withWords } from '../lib/i18n.ts';
import { readSession } from '../lib/session.ts';
import { Failure } from './failure.tsx';
import { Missing } from './missing.tsx';
import { Root } from './root.tsx';

const loadHome = () => import('./home.ts');

/** With the query library, which the sign-in page does without. */
const findMe = async () => (await loadHome()).findMe();

const root = createRootRoute({ component: Root, notFoundComponent: Missing });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Only addresses of this app: never a way out to another site. */
const isOwnPath = (path: string): boolean => /^\/(?![/\\])/.test(path);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/entrar',
  validateSearch: (search): { voltar?: string } => {
    const back = text(search['voltar']);
    return back !== undefined && isOwnPath(back) ? { voltar: back } : {};
  },
  beforeLoad: async ({ search }) => {
    // Who never signed in on this device sees the page at once, without asking the server.
    if (readSession() === undefined) return;
    const me = await findMe().catch(() => undefined);
    if (me !== undefined) redirect({ href: search.voltar ?? '/clientes', replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('../features/session/sign-in-page.tsx'), 'SignInPage'),
});

/** The parts that pages are made of, for those who make them: in no navigation, open to anybody. */
const designSystem = createRoute({
  getParentRoute: () => root,
  path: '/sistema-visual',
  component: lazyRouteComponent(
    withWords('design', () => import('../features/design-system/design-system-page.tsx')),
    'DesignSystemPage',
  ),
});

interface Match {
  readonly routeId: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly search: Readonly<Record<string, unknown>>;
}

/** Loads the pages of an address, and the clients that they show, while the session is being checked. */
async function beginPages(matches: readonly Match[]): Promise<void> {
  const routes: Readonly<Record<string, AnyRoute | undefined>> = router.routesById;
  const pages = matches.map(({ routeId }) => routes[routeId]?.options.component);
  const showing = matches.find(({ routeId }) => routeId === clients.id);
  await Promise.all([
    ...pages.map((page) => page?.preload?.()),
    showing && loadHome().then((home) => home.prefetchClients(showing.search, matches.at(-1)?.params['id'])),
  ]);
}

/** Everything behind the sign-in, inside the navigation. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location, matches, cause }) => {
    // What fails is asked for again by the page itself.
    if (cause === 'enter' && readSession() !== undefined) beginPages(matches).catch(() => undefined);
    if ((await findMe()) !== undefined) return;
    const back = location.href === '/' || location.href === '/clientes' ? {} : { voltar: location.href };
    redirect({ to: '/entrar', search: back, replace: true, throw: true });
  },
  component: lazyRouteComponent(loadHome, 'Shell'),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/clientes', replace: true, throw: true });
  },
});

const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clientes',
  component: lazyRouteComponent(withWords('clients', loadHome), 'ClientListPage'),
});

/** Inside the list: the card lies over it. */
const client = createRoute({
  getParentRoute: () => clients,
  path: '$id',
  component: lazyRouteComponent(
    withWords('clients', () => import('../features/clients/card/card-page.tsx')),
    'ClientCardPage',
  ),
});

const duplicates = createRoute({
  getParentRoute: () => shell,
  path: '/clientes/duplicados',
  component: lazyRouteComponent(
    withWords('duplicates', () => import('../features/duplicates/duplicates-page.tsx')),
    'DuplicatesPage',
  ),
});

const mergeClients = createRoute({
  getParentRoute: () => shell,
  path: '/clientes/duplicados/$winnerId/$loserId',
  component: lazyRouteComponent(
    withWords('duplicates', () => import('../features/duplicates/merge-page.tsx')),
    'MergePage',
  ),
});

const clientForm = lazyRouteComponent(
  withWords('clients', () => import('../features/clients/form/form-page.tsx')),
  'ClientFormPage',
);

const newClient = createRoute({ getParentRoute: () => shell, path: '/clientes/novo', component: clientForm });

const editClient = createRoute({ getParentRoute: () => shell, path: '/clientes/$id/editar', component: clientForm });

const professionals = createRoute({
  getParentRoute: () => shell,
  path: '/profissionais',
  component: lazyRouteComponent(
    withWords('professionals', () => import('../features/professionals/professionals-page.tsx')),
    'ProfessionalsPage',
  ),
});

/** Inside the list, as a client's card is. */
const professional = createRoute({
  getParentRoute: () => professionals,
  path: '$id',
  component: lazyRouteComponent(
    withWords('professionals', () => import('../features/professionals/person-page.tsx')),
    'PersonPage',
  ),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/importar',
  component: lazyRouteComponent(
    withWords('imports', () => import('../features/imports/start/imports-page.tsx')),
    'ImportsPage',
  ),
});

const importJob = createRoute({
  getParentRoute: () => shell,
  path: '/importar/$id',
  component: lazyRouteComponent(
    withWords('imports', () => import('../features/imports/job/job-page.tsx')),
    'ImportJobPage',
  ),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/configuracoes',
  component: lazyRouteComponent(
    withWords('settings', () => import('../features/settings/settings-page.tsx')),
    'SettingsPage',
  ),
});

const devices = createRoute({
  getParentRoute: () => shell,
  path: '/configuracoes/dispositivos',
  component: lazyRouteComponent(() => import('../features/session/devices-page.tsx'), 'DevicesPage'),
});

const passkeys = createRoute({
  getParentRoute: () => shell,
  path: '/configuracoes/chaves-de-acesso',
  component: lazyRouteComponent(() => import('../features/session/passkeys-page.tsx'), 'PasskeysPage'),
});

const agenda = createRoute({
  getParentRoute: () => shell,
  path: '/agenda',
  component: lazyRouteComponent(() => import('./not-yet.tsx'), 'AgendaPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/auditoria',
  component: lazyRouteComponent(() => import('./not-yet.tsx'), 'AuditPage'),
});

const routeTree = root.addChildren([
  signIn,
  designSystem,
  shell.addChildren([
    home,
    clients.addChildren([client]),
    duplicates,
    mergeClients,
    newClient,
    editClient,
    professionals.addChildren([professional]),
    imports,
    importJob,
    settings,
    devices,
    passkeys,
    agenda,
    audit,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: Failure,
  defaultPendingMs: 150,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
