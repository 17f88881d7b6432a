const path = '/api/v1/copies/';

/** The address of a copy's archive, where this web app reaches the API. */
export const archiveAddress = (token: string): string =>
  `${import.meta.env.VITE_API_BASE_URL ?? ''}${path}${encodeURIComponent(token)}.zip`;

/** Whether a link of a copy works now; asking does not use it up. Rejects when the server cannot be reached. */
export async function isCopyReady(address: string): Promise<boolean> {
  const token =
    new URL(address, location.origin).pathname
      .split('/')
      .at(-1)
      ?.replace(/\.zip$/, '') ?? '';
  return (await fetch(archiveAddress(token), { method: 'HEAD', cache: 'no-store' })).ok;
}
