import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../config.ts';

const urlOf = (env: NodeJS.ProcessEnv) => loadConfig({ SECRET_KEY: 'development', ...env }).database.url;

/** Where the driver itself would go with the variables. */
const targetOf = (env: NodeJS.ProcessEnv) => new pg.Client({ connectionString: urlOf(env) ?? '' });

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

  it('needs a name when other parts are given', () => {
    expect(() => urlOf({ DB_HOST: 'h', DB_PASSWORD: 'hidden' })).toThrow(ConfigError);
    expect(() => urlOf({ DB_HOST: 'h', DB_PASSWORD: 'hidden' })).toThrow(/DB_NAME: got nothing/);
  });

  it('is reached by the driver with exactly the parts that were given', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => value.trim() !== '' && value.isWellFormed());
    const name = fc.stringMatching(/^[^/?#\s]{1,20}$/).filter((value) => value.isWellFormed());
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
    );
  });

  it.each(['/run/postgresql', '::1', '10.0.0.1'])('is reached at %s', (DB_HOST) => {
    expect(targetOf({ DB_NAME: 'acolhe', DB_USER: 'u', DB_HOST }).host).toBe(DB_HOST);
  });
});
