import { apiOver } from './api.ts';
import { reach } from './unreachable.ts';

/**
 * Saves a file from the API, such as `/clients/export.csv?…`. The browser downloads it by itself, whatever its size,
 * and cannot renew the session: that is done beforehand. Rejects when the server cannot be reached.
 */
export async function download(path: string): Promise<void> {
  await apiOver(reach)('GET /me');
  const link = document.createElement('a');
  link.href = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1${path}`;
  link.download = '';
  link.click();
}
