import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const home = '/var/lib/acolhe';

/**
 * Makes a folder below /var/lib/acolhe, where root keeps what PostgreSQL's account must reach and can't reach inside
 * the project. Everyone may pass through it, only root may change it.
 */
export function makeSharedFolder(name: string): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  // chmod after mkdir, because a strict umask would take the bits away again.
  for (const path of [home, folder]) chmodSync(path, 0o755);
  return folder;
}
