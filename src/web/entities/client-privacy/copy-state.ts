import { fetchOrThrow } from '../../lib/unreachable.ts';

const path = '/api/v1/copies/';

/** The address of a copy's archive, where this web app reaches the API. */
export const archiveAddress = (token: string): string =>
  `${import.meta.env.VITE_API_BASE_URL ?? ''}${path}${encodeURIComponent(token)}.zip`;

/** Whether a link of a copy works now; asking does not use it up. Rejects when the server cannot be reached or cannot say. */
export async function isCopyReady(address: string, signal?: AbortSignal): Promise<boolean> {
  const token =
    new URL(address, location.origin).pathname
      .split('/')
      .at(-1)
      ?.replace(/\.zip$/, '') ?? '';
  const init = { method: 'HEAD', cache: 'no-store', signal: signal ?? null } as const;
  const { ok, status } = await fetchOrThrow(archiveAddress(token), init);
  if (!ok && status !== 404) throw new Error(`HTTP ${String(status)}`);
  return ok;
}
