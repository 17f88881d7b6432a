import type { RequestEvent, Shell, WorkerScope } from './scope.ts';

/**
 * Opens the app without a connection, and shows what the server has to tell while it is closed. It stores the files of the build, and no one's data. Pages come from the server whenever
 * it answers, so that the next load has the new release.
 */
declare const self: WorkerScope;
declare const __SHELL__: Shell;

const { version, entry, files } = __SHELL__;
const prefix = 'acolhe-shell-';
/** Releases whose files are kept: the current one, and the one before, whose files open tabs may still need. */
const releases = 2;
/** Milliseconds that the server has for a page, before the stored one opens instead. */
const pageTimeout = 4_000;

const isHashed = (path: string): boolean => path.startsWith('/assets/');

/** Whether a path is a page of the app, and not the API, a page of the server or a file. Its last part may have dots. */
const isPage = (path: string): boolean =>
  !/^\/(api|dev|assets)\//.test(path) && !/^\/(healthz|readyz|metrics|docs|[\w.-]+\.\w+)$/.test(path);

/** A stored file, the newest release first. */
async function findStored(path: string): Promise<Response | undefined> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix)).reverse();
  for (const cacheName of names) {
    const kept = await caches.match(path, { cacheName, ignoreVary: true });
    if (kept !== undefined) return kept;
  }
  return undefined;
}

/** Stores all files of this release, or none: if the server has another release by now, the browser tries again later. */
async function storeShell(): Promise<void> {
  const name = prefix + version;
  const cache = await caches.open(name);
  const store = async (path: string): Promise<void> => {
    const known = isHashed(path) ? await findStored(path) : undefined;
    const response = known ?? (await fetch(path, { cache: isHashed(path) ? 'default' : 'reload' }));
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    if (path === '/' && !(await response.clone().text()).includes(entry)) throw new Error('another release is there');
    await cache.put(path, response);
  };
  try {
    await Promise.all(files.map(store));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

async function deleteOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(shells.slice(0, -releases).map((name) => caches.delete(name)));
}

/** Whether an answer comes from a gateway whose server is down. */
const isAway = ({ status }: Response): boolean => status >= 502 && status <= 504;

/** The server's page; the stored one if there is no answer in time. */
async function openPage({ request, preloadResponse }: RequestEvent): Promise<Response> {
  const fromServer = preloadResponse.then((early) => early ?? fetch(request));
  const inTime = Promise.race([
    fromServer.catch(() => undefined),
    new Promise<undefined>((resolve) => {
      setTimeout(resolve, pageTimeout);
    }),
  ]);
  const response = await inTime;
  if (response !== undefined && !isAway(response)) return response;
  return (await findStored('/')) ?? response ?? fromServer;
}

async function openFile(request: Request, path: string): Promise<Response> {
  if (isHashed(path)) return (await findStored(path)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const stored = await findStored(path);
    if (stored === undefined) throw error;
    return stored;
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(storeShell().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([
      deleteOldShells(),
      // Undefined in some browsers.
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

/** Where a notification leads, whatever a message says. */
const agenda = '/agenda';

/** The text of a message from the server (push-subscriptions/sending.ts). Browsers want each one shown. */
function readText(data: { json(): unknown } | null): string {
  try {
    const { text } = (data?.json() ?? {}) as { readonly text?: unknown };
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

async function openAgenda(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open === undefined) await self.clients.openWindow(agenda);
  else await Promise.all([open.focus(), open.navigate(agenda)]);
}

self.addEventListener('push', (event) => {
  const body = readText(event.data);
  event.waitUntil(
    self.registration.showNotification('Acolhe', { body, icon: '/icon-192.png', badge: '/icon-192.png' }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openAgenda());
});
