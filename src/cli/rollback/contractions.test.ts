import { describe, expect, it } from 'vitest';
import { listMigrations } from '../../server/db/migration-files.ts';
import { findContractions } from './contractions.ts';

const reasonsOf = (...statements: readonly string[]) =>
  findContractions([{ name: '0009_next', sql: `${statements.join(';\n')};` }]).map(({ statement }) => statement);

describe('findContractions', () => {
  it.each([
    'drop table clients',
    'drop function app.fold',
    'alter table clients drop column notes',
    'alter table clients drop notes',
    'alter table clients rename column notes to remarks',
    'alter table clients rename to people',
    'alter table clients alter column notes type varchar(10)',
    'alter table clients alter column notes set not null',
    'alter table clients add column age integer not null',
    'alter table clients add age integer not null',
    'alter table clients add constraint clients_age_check check (age > 0)',
    'create unique index clients_rg_key on clients (rg)',
    'revoke insert on clients from public',
  ])('sees %s', (statement) => {
    expect(reasonsOf(statement)).toEqual([statement]);
    expect(reasonsOf(`  ${statement.toUpperCase().replace(' ', '\n  -- why\n ')}`)).toHaveLength(1);
  });

  it.each([
    'create table appointments (id uuid not null)',
    'alter table clients add column age integer',
    'alter table clients add column age integer not null default 0',
    'alter table clients alter column notes drop not null',
    'alter table clients drop constraint clients_age_check',
    'create index clients_rg_idx on clients (rg)',
    "comment on table clients is 'drop table clients'",
    'create or replace function app.x() returns void language plpgsql as $$ begin drop table clients; end $$',
  ])('passes %s', (statement) => {
    expect(reasonsOf(statement)).toEqual([]);
  });

  it('does not mind a function that is taken away and made again with more parameters', () => {
    const create = 'create function app.x(a text, b text default null) returns text return a';
    expect(reasonsOf('drop function app.x(text)', create)).toEqual([]);
    expect(reasonsOf('drop function app.y(text)', create)).toEqual(['drop function app.y(text)']);
  });

  it('does not mind what a migration does to tables of its own', () => {
    expect(
      reasonsOf(
        'create table a (b text)',
        'create unique index a_key on a (b)',
        'alter table a add constraint c check (true)',
      ),
    ).toEqual([]);
  });

  it('finds nothing in the migrations since the first release', () => {
    // No release before 0004 was in use. Add a later migration here once the release before it no longer needs what
    // the migration drops.
    const allowed = new Set(['0004_limits_and_passkeys']);
    const migrations = listMigrations().filter(({ name }) => !allowed.has(name));
    expect(findContractions(migrations)).toEqual([]);
  });
});
