import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from '../../shared/once.ts';
import { projectRoot } from '../project-root.ts';

const folder = join(projectRoot, 'migrations');

export interface SqlFile {
  /** `0001_foundation`, `functions/search_clients` */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, to notice changes. */
  readonly checksum: string;
}

/** The migrations of this release, oldest first. */
export const listMigrations = once(() => readFiles('', /^\d{4}_\w+\.sql$/));

/** The SQL functions of this release, sorted so that each comes after those it calls. */
export const listFunctionFiles = once(() => sortByCalls(readFiles('functions/', /^\w+\.sql$/)));

/** The text of access.sql: rights and row-level security, applied after the migrations. */
export const readAccessRules = once(() => readFileSync(join(folder, 'access.sql'), 'utf8'));

/** At once instead of asynchronously: for a hundred small files that takes a tenth of the time, and a start waits for it. */
const readFiles = (path: string, pattern: RegExp): readonly SqlFile[] =>
  readdirSync(join(folder, path))
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, path, file), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name: `${path}${file.replace(/\.sql$/, '')}`, sql, checksum };
    });

/** Sorts callees before callers: PostgreSQL resolves the calls of a standard SQL function when it is created. */
export function sortByCalls(files: readonly SqlFile[]): readonly SqlFile[] {
  const owners = new Map(files.flatMap((file) => listDeclared(file).map((name) => [name, file])));
  const sorted = new Set<SqlFile>();
  const visited = new Set<SqlFile>();
  const visit = (file: SqlFile): void => {
    if (visited.has(file)) return;
    visited.add(file);
    for (const [, name = ''] of file.sql.matchAll(/\bapp\.(\w+)\(/g)) {
      const callee = owners.get(name);
      if (callee !== undefined) visit(callee);
    }
    sorted.add(file);
  };
  for (const file of files) visit(file);
  return [...sorted];
}

/** The names of the functions that a file creates, without their schema. */
export const listDeclared = ({ sql }: SqlFile): string[] =>
  [...sql.matchAll(/^create or replace function app\.(\w+)\(/gm)].map(([, name = '']) => name);
