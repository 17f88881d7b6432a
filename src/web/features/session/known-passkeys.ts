import { useEffect } from 'react';
import { queryClient } from '../../lib/query.ts';
import { supportsPasskeys } from './passkey-calls.ts';
import { passkeysQuery } from './passkeys-query.ts';

/** Milliseconds before asking: the content of the page comes first. */
const pause = 2_000;

/** Reads the person's passkeys while there is a session: when it has expired, the server no longer tells. */
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

/** Whether the browser supports passkeys and the person is known to have one. */
export const hasKnownPasskey = (): boolean =>
  supportsPasskeys() && (queryClient.getQueryData(passkeysQuery.queryKey)?.length ?? 0) > 0;
