import { useEffect, useState } from 'react';
import { renewShell } from './shell-worker.ts';

/** Milliseconds between two looks; coming back to the page looks too, though not at once again. */
const often = 30 * 60_000;
const soonest = 60_000;

const entryOf = (page: Document): string | null | undefined =>
  page.querySelector('script[type=module][src]')?.getAttribute('src');

/** Whether the server's page starts with another script than this one did. */
async function isOutdated(): Promise<boolean> {
  const response = await fetch('/', { cache: 'no-cache' });
  if (!response.ok) return false;
  const entry = entryOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
  return entry !== undefined && entry !== entryOf(document);
}

/** Whether a newer release than the one on the page is there. */
export function useIsOutdated(): boolean {
  const [outdated, setOutdated] = useState(false);
  useEffect(() => {
    if (outdated) return undefined;
    let lookedAt = Date.now();
    const look = (): void => {
      if (document.hidden || Date.now() - lookedAt < soonest) return;
      lookedAt = Date.now();
      isOutdated().then(
        (is) => {
          if (!is) return;
          setOutdated(true);
          void renewShell();
        },
        () => undefined,
      );
    };
    const timer = setInterval(look, often);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [outdated]);
  return outdated;
}
