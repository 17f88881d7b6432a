import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, canTraverseTo, mayEnter } from './account.ts';
import { makeSharedFolder } from './shared-home.ts';

/** Holds, inside DATA_DIR, the path of a cluster that had to be put elsewhere. */
const pointerName = 'postgres-location';

/**
 * The folder that holds (or will hold) the cluster of this data folder. Normally `<dataDir>/postgres`.
 *
 * As root PostgreSQL runs under another account, and when that account may not enter a folder above the data folder
 * (a project below /root, a home of mode 700) the cluster goes to `/var/lib/acolhe/<random>` and the data folder keeps
 * a pointer. Opening up someone's home folder isn't ours to do. Removing the data folder starts afresh either way.
 */
export function locateCluster(dataDir: string, account: Account | undefined): string {
  mkdirSync(dirname(dataDir), { recursive: true });
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = realpathSync(dataDir);
  const inside = join(folder, 'postgres');
  const pointer = join(folder, pointerName);
  if (existsSync(inside)) return inside;
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (!account) return inside;
  if (canTraverseTo(folder, account)) {
    // The data folder itself is Acolhe's own: passing through it shows nothing, its files keep their own modes.
    if (!mayEnter(folder, account)) chmodSync(folder, statSync(folder).mode | 0o111);
    return inside;
  }
  return pointElsewhere(folder, pointer);
}

function pointElsewhere(folder: string, pointer: string): string {
  const home = makeSharedFolder(randomBytes(8).toString('hex'));
  writeFileSync(join(home, 'belongs-to'), `${folder}\n`);
  const draft = `${pointer}.${String(process.pid)}`;
  writeFileSync(draft, `${join(home, 'postgres')}\n`, { mode: 0o600 });
  try {
    // A link and not a rename: of two starts at once the first stays.
    linkSync(draft, pointer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    rmSync(home, { recursive: true });
  } finally {
    rmSync(draft);
  }
  return readFileSync(pointer, 'utf8').trim();
}
