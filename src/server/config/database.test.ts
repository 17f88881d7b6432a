import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../config.ts';
import { createClient } from '../db/connect.ts';
import { parseConnectionUrl } from '../db/connection-url.ts';

const urlOf = (env: NodeJS.ProcessEnv) => loadConfig({ SECRET_KEY: 'development', ...env }).database.url;

/** Where the product would connect with these variables. */
const targetOf = (env: NodeJS.ProcessEnv) => createClient(urlOf(env) ?? '', { application_name: 'test' });

describe('the database', () => {
  it('is the embedded one when no server is named', () => {
    expect(urlOf({})).toBeUndefined();
    expect(urlOf({ DB_ENGINE: 'django.db.backends.postgresql' })).toBeUndefined();
  });

  it.each(['postgresql://u:p@h:5433/db?sslmode=disable', 'postgres://h/db', 'postgresql://u@/db?host=/run/postgresql'])(
    'is the server of DATABASE_URL %s as it stands, before any DB_*',
    (DATABASE_URL) => {
      expect(urlOf({ DATABASE_URL, DB_NAME: 'other' })).toBe(DATABASE_URL);
    },
  );

  it.each([
    'django.db.backends.postgresql',
    'django.db.backends.postgresql_psycopg2',
    'postgresql',
    'postgres',
    'PostgreSQL',
  ])('may have the engine name %s', (DB_ENGINE) => {
    expect(urlOf({ DB_ENGINE, DB_NAME: 'acolhe' })).toBe('postgresql://localhost:5432/acolhe');
  });

  it('refuses another engine even when DATABASE_URL is set', () => {
    const env = { DB_ENGINE: 'django.db.backends.mysql', DATABASE_URL: 'postgresql://h/db' };
    expect(() => urlOf(env)).toThrow(/DB_ENGINE: got "django\.db\.backends\.mysql"; takes postgresql/);
  });

  it('may have a pooler before it and a standby beside it, each with an address of its own', () => {
    const env = {
      SECRET_KEY: 'development',
      DATABASE_URL: 'postgresql://u:p@pooler:6432/db',
      DATABASE_DIRECT_URL: 'postgresql://u:p@primary/db',
      DATABASE_REPLICA_URL: 'postgresql://u:p@standby/db?sslmode=disable',
      PGSSLMODE: 'require',
    };
    expect(loadConfig(env).database).toMatchObject({
      url: 'postgresql://u:p@pooler:6432/db?sslmode=require',
      directUrl: 'postgresql://u:p@primary/db?sslmode=require',
      replicaUrl: 'postgresql://u:p@standby/db?sslmode=disable',
    });
    for (const name of ['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URL'])
      expect(() => urlOf({ [name]: 'postgresql://u:p@h/db' })).toThrow(
        `${name}: got (hidden, 21 characters); takes nothing without DATABASE_URL`,
      );
    expect(() => urlOf({ ...env, DATABASE_DIRECT_URL: 'postgresql://h/db?sslmode=verify-ca' })).toThrow(
      /DATABASE_DIRECT_URL: got \(hidden, 35 characters\); takes what libpq takes/,
    );
  });

  it('needs a name when other parts are given', () => {
    expect(() => urlOf({ DB_HOST: 'h', DB_PASSWORD: 'hidden' })).toThrow(ConfigError);
    expect(() => urlOf({ DB_HOST: 'h', DB_PASSWORD: 'hidden' })).toThrow(/DB_NAME: got nothing/);
  });

  it('is reached by the driver with exactly the parts that were given', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => value.trim() !== '' && value.isWellFormed());
    const name = fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        fc.constantFrom('.', '..', 'a/b', '../a', 'a?b', 'a#b', 'a%20b', '%2e', '%', '@', 'a@/b', ':', 'café', '名'),
      )
      .filter(
        (value) => value.trim() === value && value !== '' && value.isWellFormed() && Array.from(value).length <= 63,
      );
    fc.assert(
      fc.property(text, text, name, fc.integer({ min: 1, max: 65_535 }), (user, password, database, port) => {
        const target = targetOf({
          DB_USER: user,
          DB_PASSWORD: password,
          DB_NAME: database,
          DB_HOST: 'db.example.com',
          DB_PORT: String(port),
        });
        const { host, port: reached } = target;
        expect({ user: target.user, password: target.password, database: target.database }).toEqual({
          user,
          password,
          database,
        });
        expect({ host, port: reached }).toEqual({ host: 'db.example.com', port });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['/run/postgresql', '/run/a b/pg', '::1', 'fe80::1%eth0', '10.0.0.1', 'Banco.local', 'máquina.local'])(
    'is reached at %s',
    (DB_HOST) => {
      expect(targetOf({ DB_NAME: 'acolhe', DB_USER: 'u', DB_HOST }).host).toBe(DB_HOST);
    },
  );

  describe('is encrypted', () => {
    const url = 'postgresql://h/db';

    it('as libpq’s own variables say, unless the address says it', () => {
      expect(parseConnectionUrl(urlOf({ DATABASE_URL: url, PGSSLMODE: 'require' }) ?? '').sslMode).toBe('require');
      expect(parseConnectionUrl(urlOf({ DB_NAME: '.', PGSSLMODE: 'prefer' }) ?? '')).toMatchObject({
        database: '.',
        sslMode: 'prefer',
      });
      const both = { DATABASE_URL: `${url}?sslmode=disable`, PGSSLMODE: 'require' };
      expect(urlOf(both)).toBe(both.DATABASE_URL);
      expect(parseConnectionUrl(urlOf({ DATABASE_URL: url }) ?? '').sslMode).toBe('disable');
    });

    it.each([
      ['DATABASE_URL', { DATABASE_URL: `${url}?sslmode=strict` }, 'sslmode=strict is none of disable, allow, prefer'],
      ['DATABASE_URL', { DATABASE_URL: `${url}?sslmode=verify-ca` }, 'sslmode=verify-ca needs sslrootcert'],
      ['DATABASE_URL', { DATABASE_URL: `${url}?sslmode=require&sslrootcert=/no/ca.pem` }, '/no/ca.pem cannot be read'],
      ['PGSSLROOTCERT', { DATABASE_URL: url, PGSSLMODE: 'require', PGSSLROOTCERT: '/no/ca.pem' }, 'cannot be read'],
      ['PGSSLMODE', { DATABASE_URL: url, PGSSLMODE: 'strict' }, 'disable, allow, prefer, require'],
    ])('by something that the message names: %s', (variable, env, words) => {
      expect(() => urlOf(env)).toThrow(new RegExp(`${variable}: .*${words.replaceAll('/', '\\/')}`));
    });
  });
});
