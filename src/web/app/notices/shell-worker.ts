/** Lets the browser keep the app's files for opening without a connection, once the page itself is there. */
export function keepShell(): void {
  // Missing where the page is not in a secure context.
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (workers === undefined) return;
  if (import.meta.env.VITE_SHELL_WORKER === 'yes') workers.register('/sw.js').catch(() => undefined);
  else void leaveShell(workers);
}

/** While one develops, nothing may stand between the page and what was just written. */
async function leaveShell(workers: ServiceWorkerContainer): Promise<void> {
  for (const registration of await workers.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith('acolhe-shell-')) await caches.delete(name);
}

/** Fetches the files of a release that has just been noticed. */
export async function renewShell(): Promise<void> {
  const registration = await (navigator as Partial<Navigator>).serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
}
