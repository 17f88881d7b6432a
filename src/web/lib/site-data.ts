/**
 * Whether the browser lets this site remember anything. The session is in cookies; drafts and choices are in storage.
 * Where site data is blocked, the very access to storage throws.
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
