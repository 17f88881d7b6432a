import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', 'migrations');

export interface Migration {
  /** `0001_foundation` */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, so that an edited migration is noticed. */
  readonly checksum: string;
}

/** The migrations of this release, oldest first. */
export async function listMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Who may touch what, applied after the migrations. */
export const readAccessRules = (): Promise<string> => readFile(join(folder, 'access.sql'), 'utf8');
