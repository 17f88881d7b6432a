import { apiOver } from './api.ts';
import { reach } from './unreachable.ts';

/**
 * Saves a file of the API, `/clients/export.csv?…`. The browser fetches it by itself, however long it is, and cannot renew
 * the session meanwhile: that is done before. Rejects when there is no way to the server.
 */
export async function download(path: string): Promise<void> {
  await apiOver(reach)('GET /me');
  const link = document.createElement('a');
  link.href = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1${path}`;
  link.download = '';
  link.click();
}
