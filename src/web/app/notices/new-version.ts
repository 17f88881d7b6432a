import { useEffect, useState } from 'react';
import { updateServiceWorker } from './service-worker-registration.ts';

/** Milliseconds between two checks. */
const checkInterval = 30 * 60_000;
/** Coming back to the page checks too, but not within so many milliseconds after the last check. */
const minInterval = 60_000;

/** The script that a page starts with. Its name has the release's hash. */
const findEntryScript = (page: Document): string | null | undefined =>
  page.querySelector('script[type=module][src]')?.getAttribute('src');

/** Whether the server's page starts with another script than this one did. */
async function isOutdated(): Promise<boolean> {
  const response = await fetch('/', { cache: 'no-cache' });
  if (!response.ok) return false;
  const entry = findEntryScript(new DOMParser().parseFromString(await response.text(), 'text/html'));
  return entry !== undefined && entry !== findEntryScript(document);
}

/** Whether the server has a newer release than the page. */
export function useIsOutdated(): boolean {
  const [outdated, setOutdated] = useState(false);
  useEffect(() => {
    if (outdated) return undefined;
    let checkedAt = Date.now();
    const check = (): void => {
      if (document.hidden || Date.now() - checkedAt < minInterval) return;
      checkedAt = Date.now();
      isOutdated().then(
        (isNewer) => {
          if (!isNewer) return;
          setOutdated(true);
          void updateServiceWorker();
        },
        () => undefined,
      );
    };
    const timer = setInterval(check, checkInterval);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, [outdated]);
  return outdated;
}
