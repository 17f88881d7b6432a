import { createSessionApi } from './api.ts';
import { fetchOrThrow } from './unreachable.ts';

/**
 * Saves a file of the API; `path` is below `/api/v1`. The browser downloads it as a file, of any size, but cannot renew the
 * session: that is done before. Rejects when the server cannot be reached.
 */
export async function download(path: string): Promise<void> {
  await createSessionApi(fetchOrThrow)('GET /me');
  const link = document.createElement('a');
  link.href = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1${path}`;
  link.download = '';
  link.click();
}
