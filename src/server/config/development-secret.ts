import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function readSecret(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text.length >= 32 ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The SECRET_KEY of a development server, created on the first call and kept in `secret-key` (mode 0600) in `dataDir`.
 * Two processes that start at once get the same key.
 */
export function loadOrCreateDevelopmentSecret(dataDir: string): string {
  const file = join(dataDir, 'secret-key');
  const kept = readSecret(file);
  if (kept !== undefined) {
    chmodSync(file, 0o600);
    return kept;
  }
  mkdirSync(dataDir, { recursive: true });
  const secret = randomBytes(32).toString('hex');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Linking fails when the file already exists, so the first process to get here decides.
    linkSync(draft, file);
    return secret;
  } catch (error) {
    const winner = readSecret(file);
    if (winner === undefined)
      throw new Error(`${file} holds no key; remove it to have a new one made`, { cause: error });
    return winner;
  } finally {
    unlinkSync(draft);
  }
}
