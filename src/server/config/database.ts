import type { Reading, Values } from './values.ts';

const parts = ['DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_HOST', 'DB_PORT'] as const;

/** The connection URL of `DATABASE_URL` or the `DB_*` parts; undefined stands for the embedded server. */
export function databaseUrl({ values, isSet, problems }: Reading): string | undefined {
  if (isSet('DATABASE_URL')) return values.DATABASE_URL;
  if (!parts.some(isSet)) return undefined;
  if (!isSet('DB_NAME'))
    problems.push({ variable: 'DB_NAME', got: undefined, takes: 'the database name, since other DB_* are set' });
  return values.DB_NAME === undefined ? undefined : urlOfParts(values, values.DB_NAME);
}

function urlOfParts(values: Values, name: string): string {
  const host = values.DB_HOST ?? 'localhost';
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  // A folder is a Unix socket, its slashes encoded as libpq takes them.
  const authority = host.startsWith('/') ? encodeURIComponent(host) : bracketed;
  const password = values.DB_PASSWORD === undefined ? '' : `:${encodeURIComponent(values.DB_PASSWORD)}`;
  const user = values.DB_USER === undefined ? '' : `${encodeURIComponent(values.DB_USER)}${password}@`;
  return `postgresql://${user}${authority}:${values.DB_PORT ?? 5432}/${encodeURI(name)}`;
}
