import { accessSync, constants } from 'node:fs';
import { ConnectionUrlError, parseConnectionUrl } from '../db/connection-url.ts';
import type { Reading, Values } from './values.ts';

const parts = ['DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_HOST', 'DB_PORT'] as const;

/** libpq's own variables. What the URL says itself takes precedence. */
const sslVariables = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
} as const;

/** Further ways to the database that `DATABASE_URL` or `DB_*` name. */
const furtherUrls = ['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URL'] as const;
type UrlVariable = 'DATABASE_URL' | 'DB_NAME' | (typeof furtherUrls)[number];

interface DatabaseUrls {
  /** From `DATABASE_URL` or the `DB_*` parts; undefined means the embedded server. */
  readonly url: string | undefined;
  readonly directUrl: string | undefined;
  readonly replicaUrl: string | undefined;
}

/** The connection URLs of the database. Adds to `problems`. */
export function readDatabaseUrls(reading: Reading): DatabaseUrls {
  const { values, isSet, show, problems } = reading;
  const url = readUrl(reading);
  if (url === undefined)
    for (const variable of furtherUrls.filter(isSet))
      problems.push({ variable, got: show(variable), takes: 'nothing without DATABASE_URL, or DATABASE_URL too' });
  return {
    url: completeUrl(reading, isSet('DATABASE_URL') ? 'DATABASE_URL' : 'DB_NAME', url),
    directUrl: completeUrl(reading, 'DATABASE_DIRECT_URL', values.DATABASE_DIRECT_URL),
    replicaUrl: completeUrl(reading, 'DATABASE_REPLICA_URL', values.DATABASE_REPLICA_URL),
  };
}

/** The URL with libpq's variables. Adds to `problems` if it cannot be used. */
function completeUrl(reading: Reading, from: UrlVariable, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const complete = addSslVariables(url, reading.values);
  const problem = findProblem(complete);
  if (problem === undefined) return complete;
  const { variable, takes } = chooseVariable(reading, { from, url, problem });
  reading.problems.push({ variable, got: reading.show(variable), takes });
  return url;
}

function readUrl({ values, isSet, problems }: Reading): string | undefined {
  if (isSet('DATABASE_URL')) return values.DATABASE_URL;
  if (!parts.some(isSet)) return undefined;
  if (!isSet('DB_NAME'))
    problems.push({ variable: 'DB_NAME', got: undefined, takes: 'the database name, since other DB_* are set' });
  return values.DB_NAME === undefined ? undefined : buildUrl(values, values.DB_NAME);
}

function buildUrl(values: Values, name: string): string {
  const host = values.DB_HOST ?? 'localhost';
  const isName = /^[\w.-]+$/.test(host);
  const isBracketed = /^\[[0-9a-f:.]+\]$/i.test(host);
  const authority = isName || isBracketed ? host : /^[0-9a-f:.]+$/i.test(host) ? `[${host}]` : encodeURIComponent(host);
  const password = values.DB_PASSWORD === undefined ? '' : `:${encodeURIComponent(values.DB_PASSWORD)}`;
  const user = values.DB_USER === undefined ? '' : `${encodeURIComponent(values.DB_USER)}${password}@`;
  // A URL would drop a path of dots.
  const path = /^\.{1,2}$/.test(name) ? `/?dbname=${name}` : `/${encodeURIComponent(name)}`;
  return `postgresql://${user}${authority}:${values.DB_PORT ?? 5432}${path}`;
}

function addSslVariables(url: string, values: Values): string {
  // A URL that says how to encrypt is used unchanged.
  if (/[?&](ssl|sslmode)=/.test(url)) return url;
  const given = Object.entries(sslVariables).flatMap(([name, variable]) => {
    const value = values[variable];
    return value === undefined || new RegExp(`[?&]${name}=`).test(url) ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  if (given.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${given.join('&')}`;
}

function findProblem(url: string): string | undefined {
  try {
    const { ssl, sslMode } = parseConnectionUrl(url);
    if (sslMode === 'disable') return undefined;
    for (const [name, file] of Object.entries({ sslrootcert: ssl.root, sslcert: ssl.cert, sslkey: ssl.key }))
      if (file !== undefined && file !== 'system' && !isReadable(file)) return `${name}=${file} cannot be read`;
    return undefined;
  } catch (error) {
    if (error instanceof ConnectionUrlError) return error.message;
    throw error;
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Which variable the operator has to change: the URL's, or one of libpq's that was added to it. */
function chooseVariable(
  { isSet }: Reading,
  { from, url, problem }: { readonly from: UrlVariable; readonly url: string; readonly problem: string },
) {
  const wrong = Object.entries(sslVariables).find(([name]) => problem.startsWith(`${name}=`));
  const inAddress = wrong !== undefined && new RegExp(`[?&]${wrong[0]}=`).test(url);
  const variable = wrong !== undefined && !inAddress && isSet(wrong[1]) ? wrong[1] : from;
  return { variable, takes: `what libpq takes: ${problem}` } as const;
}
