import type { RequestEvent, Shell, WorkerScope } from './scope.ts';

/**
 * Opens the app without a connection: keeps the files of the build, and nothing that anybody's data is in. Pages come
 * from the server whenever it answers, so that a release is there at the next load.
 */
declare const self: WorkerScope;
declare const __SHELL__: Shell;

const { version, entry, files } = __SHELL__;
const prefix = 'acolhe-shell-';
/** This release and the one before, whose parts open tabs may still ask for. */
const releases = 2;
/** Milliseconds that a page may take before what is kept opens instead. */
const patience = 4_000;

const isHashed = (path: string): boolean => path.startsWith('/assets/');

/** Addresses of the app itself: not the API, not a server's own pages, not a file. Names in them may hold dots. */
const isPage = (path: string): boolean =>
  !/^\/(api|dev|assets)\//.test(path) && !/^\/(healthz|readyz|metrics|docs|[\w.-]+\.\w+)$/.test(path);

async function findKept(path: string): Promise<Response | undefined> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix)).reverse();
  for (const cacheName of names) {
    const kept = await caches.match(path, { cacheName, ignoreVary: true });
    if (kept !== undefined) return kept;
  }
  return undefined;
}

/** Fills the cache of this release, or none: a build that changed meanwhile is tried again later. */
async function keepShell(): Promise<void> {
  const name = prefix + version;
  const cache = await caches.open(name);
  const keep = async (path: string): Promise<void> => {
    const known = isHashed(path) ? await findKept(path) : undefined;
    const response = known ?? (await fetch(path, { cache: isHashed(path) ? 'default' : 'reload' }));
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    if (path === '/' && !(await response.clone().text()).includes(entry)) throw new Error('another release is there');
    await cache.put(path, response);
  };
  try {
    await Promise.all(files.map(keep));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

async function forgetOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(shells.slice(0, -releases).map((name) => caches.delete(name)));
}

/** A gateway in front of a server that is away. */
const isAway = ({ status }: Response): boolean => status >= 502 && status <= 504;

/** The server's page; the kept one where there is no answer, or none in time. */
async function openPage({ request, preloadResponse }: RequestEvent): Promise<Response> {
  const fromServer = preloadResponse.then((early) => early ?? fetch(request));
  const inTime = Promise.race([
    fromServer.catch(() => undefined),
    new Promise<undefined>((resolve) => {
      setTimeout(resolve, patience);
    }),
  ]);
  const response = await inTime;
  if (response !== undefined && !isAway(response)) return response;
  return (await findKept('/')) ?? response ?? fromServer;
}

async function openFile(request: Request, path: string): Promise<Response> {
  if (isHashed(path)) return (await findKept(path)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await findKept(path);
    if (kept === undefined) throw error;
    return kept;
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([
      forgetOldShells(),
      // Missing in some browsers.
      (self.registration.navigationPreload as NavigationPreloadManager | undefined)?.enable(),
      self.clients.claim(),
    ]),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(openPage(event));
  } else if (isHashed(pathname) || files.includes(pathname)) event.respondWith(openFile(request, pathname));
});
