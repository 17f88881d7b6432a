/**
 * Whether the browser lets this site store data: cookies for the session, storage for drafts and choices. Where it is blocked,
 * any access to storage throws.
 */
export function keepsSiteData(): boolean {
  const probe = 'acolhe.probe';
  try {
    for (const store of [localStorage, sessionStorage]) {
      store.setItem(probe, probe);
      store.removeItem(probe);
    }
    return navigator.cookieEnabled;
  } catch {
    return false;
  }
}
