/** Registers the service worker, which stores the app's files so that it opens without a connection. */
export function registerServiceWorker(): void {
  // Missing where the page is not in a secure context.
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (workers === undefined) return;
  if (import.meta.env.VITE_SHELL_WORKER === 'yes') workers.register('/sw.js').catch(() => undefined);
  else void unregisterServiceWorkers(workers);
}

/** During development, stored files would hide the latest edit. */
async function unregisterServiceWorkers(workers: ServiceWorkerContainer): Promise<void> {
  for (const registration of await workers.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith('acolhe-shell-')) await caches.delete(name);
}

/** Lets the service worker fetch the files of a new release. */
export async function updateServiceWorker(): Promise<void> {
  const registration = await (navigator as Partial<Navigator>).serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
}
