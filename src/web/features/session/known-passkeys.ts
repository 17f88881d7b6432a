import { useEffect } from 'react';
import { queryClient } from '../../lib/query.ts';
import { supportsPasskeys } from './passkey-calls.ts';
import { passkeysQuery } from './passkeys-query.ts';

/** Milliseconds before asking: the content of the page comes first. */
const pause = 2_000;

/** Finds out whether the person has passkeys while there is a session; afterwards it is not possible. */
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
