import { sql as kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { qb } from './query-builder.ts';
import { sql } from './sql.ts';

/** The same statement, by either of the two. */
type Both = (tag: typeof sql) => ReturnType<typeof sql>;

const isOwner = (tag: typeof sql, owner: string | undefined) =>
  owner === undefined ? tag`true` : tag`${tag.ref('c.professional_id')} = ${owner}`;

const statements: Readonly<Record<string, Both>> = {
  'without values': (tag) => tag`select 1`,
  'with values of every kind': (tag) =>
    tag`select ${1}, ${'a'}, ${null}, ${undefined}, ${[1, 2]}, ${new Date(0)}, ${Buffer.from('x')}, ${{ a: 1 }}`,
  'a value that comes twice': (tag) => tag`select ${'a'}, ${'a'}`,
  'parts in parts, values before, in and after them': (tag) =>
    tag`select ${1} where ${isOwner(tag, 'ana')} and ${tag`${2} < ${tag`(${3})`}`} limit ${4}`,
  'other parts in the same places': (tag) => tag`select ${1} where ${isOwner(tag, undefined)} limit ${4}`,
  'names, text and values in the text': (tag) =>
    tag`select ${tag.ref('c.id')}, ${tag.id('a "name"')}, ${tag.raw('now()')}, ${tag.lit("it's")} from ${tag.table('clients')} c`,
  lists: (tag) => tag`in (${tag.join([1, 'b', tag`c`, [5]])}) or (${tag.join([tag`d`, tag`e`], tag` and `)})`,
  'no list': (tag) => tag`array[${tag.join([])}]`,
};

describe('the text of a statement', () => {
  it.each(Object.entries(statements))('is what kysely makes of it: %s', (_, build) => {
    const { sql: text, parameters } = (build as unknown as (tag: typeof kysely) => ReturnType<typeof kysely>)(
      kysely,
    ).compile(qb);
    // The first time it is put together, then it is known.
    for (let time = 1; time <= 2; time++) expect(build(sql).compile()).toEqual({ sql: text, parameters });
  });

  it('has the values that were given this time', () => {
    const find = (id: string) => sql`select from clients where id = ${id}`.compile();
    expect(find('a')).toEqual({ sql: 'select from clients where id = $1', parameters: ['a'] });
    expect(find('b').parameters).toEqual(['b']);
  });

  it('tells a value from a part of the same place', () => {
    const from = (what: unknown) => sql`select ${what}`.compile();
    expect([from('x'), from(sql`x`), from('x')]).toEqual([
      { sql: 'select $1', parameters: ['x'] },
      { sql: 'select x', parameters: [] },
      { sql: 'select $1', parameters: ['x'] },
    ]);
  });

  it('is made by kysely where it holds something of kysely, and the other way round', () => {
    const owned = qb
      .selectFrom('clients')
      .select('id')
      .where(sql<boolean>`professional_id = ${'ana'}`);
    expect(owned.compile()).toMatchObject({
      sql: 'select "id" from "clients" where professional_id = $1',
      parameters: ['ana'],
    });
    expect(sql`select ${1} where exists ${owned} and ${2} > 0`.compile()).toMatchObject({
      sql: 'select $1 where exists (select "id" from "clients" where professional_id = $2) and $3 > 0',
      parameters: [1, 'ana', 2],
    });
    expect(qb.selectNoFrom(sql<number>`${3}::integer`.as('three')).compile()).toMatchObject({
      sql: 'select $1::integer as "three"',
      parameters: [3],
    });
  });

  it('lists the columns of a row that have a value, and sets them', () => {
    const row = { id: 'a', name: sql<string>`upper(${'b'})`, area_code: undefined };
    expect(sql`insert ${sql.into('clinics', row)} returning id`.compile()).toEqual({
      sql: 'insert into "clinics" ("id", "name") values ($1, upper($2)) returning id',
      parameters: ['a', 'b'],
    });
    expect(sql`update clinics ${sql.set('clinics', row)} where id = ${'c'}`.compile()).toEqual({
      sql: 'update clinics set "id" = $1, "name" = upper($2) where id = $3',
      parameters: ['a', 'b', 'c'],
    });
  });

  it('of a part stands for the part, unless it has values', () => {
    const columns = sql.text(sql`${sql.ref('a.b')}, c`);
    expect(sql`select ${columns} from a`.compile().sql).toBe('select "a"."b", c from a');
    expect(() => sql.text(sql`${1}`)).toThrow('has no text of its own');
  });

  it('is right for more forms than are kept', () => {
    for (let length = 0; length < 200; length++) {
      const values = Array.from({ length }, (_, index) => index);
      const { sql: text, parameters } = sql`select ${sql.join(values)}`.compile();
      expect(parameters).toEqual(values);
      expect(text).toBe(`select ${values.map((value) => `$${String(value + 1)}`).join(', ')}`);
    }
  });
});
