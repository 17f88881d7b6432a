import { useEffect } from 'react';
import { queryClient } from '../../lib/query.ts';
import { supportsPasskeys } from './passkey-calls.ts';
import { passkeysQuery } from './passkeys-query.ts';

/** Milliseconds until it is asked: what the page shows comes first. */
const pause = 2_000;

/** Learns whether the person has passkeys while the session still tells; once it is over, nobody may ask. */
export function useKnownPasskeys(): void {
  useEffect(() => {
    if (!supportsPasskeys()) return undefined;
    const timer = setTimeout(() => {
      queryClient.query({ ...passkeysQuery, gcTime: Infinity }).catch(() => undefined);
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, []);
}

/** Whether this person can sign in with a passkey in this browser, as far as is known. */
export const hasKnownPasskey = (): boolean =>
  supportsPasskeys() && (queryClient.getQueryData(passkeysQuery.queryKey)?.length ?? 0) > 0;
