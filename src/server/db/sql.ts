import {
  type AliasedExpression,
  type Compilable,
  type Expression,
  type InsertObject,
  type OperationNode,
  type RawBuilder,
  sql as kysely,
  type UpdateObject,
} from 'kysely';
import { qb } from './query-builder.ts';
import type { DB } from './schema.generated.ts';

/** A statement as it is sent, whose rows are of type Row. */
export interface Compiled<Row> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Only a type: no statement has it. */
  readonly row?: Row;
}

/** What a transaction can send. */
export type Sendable<Row> = Compilable<Row> | Sql<Row> | Compiled<Row>;

/**
 * A statement or a part of one, as a template with values: `sql` of kysely, except that the text is put together once for each form
 * that a statement takes and not for each request. Putting it together took as long as reading a client's row. A form is which
 * templates stand in which: values are parameters, and not in the text.
 */
export class Sql<T = unknown> implements Expression<T> {
  /** The same for two parts whose text is the same but for what stands in it; undefined where forms are not kept. */
  readonly #key: unknown;
  readonly #strings: readonly string[];
  readonly #values: readonly unknown[];

  constructor(key: unknown, strings: readonly string[], values: readonly unknown[]) {
    this.#key = key;
    this.#strings = strings;
    this.#values = values;
  }

  compile(): Compiled<T> {
    const parameters: unknown[] = [];
    const form = this.#follow(forms, parameters);
    if (form === undefined) return this.#toBuilder().compile(qb);
    form.text ??= this.#write({ parameters: 0 });
    return { sql: form.text, parameters };
  }

  /** The form of this part after `form`; undefined where only kysely knows its text. Collects the values. */
  #follow(form: Form, parameters: unknown[]): Form | undefined {
    let reached = this.#key === undefined ? undefined : form.next(this.#key);
    for (const value of this.#values) {
      if (value instanceof Sql) reached = reached && value.#follow(reached, parameters);
      else if (isBuilt(value)) return undefined;
      else {
        parameters.push(value);
        reached = reached?.next(aValue);
      }
    }
    return reached;
  }

  #write(written: { parameters: number }): string {
    let text = this.#strings[0] ?? '';
    for (const [index, value] of this.#values.entries()) {
      text += value instanceof Sql ? value.#write(written) : `$${String((written.parameters += 1))}`;
      text += this.#strings[index + 1] ?? '';
    }
    return text;
  }

  #toBuilder(): RawBuilder<T> {
    return kysely<T>(this.#strings as unknown as TemplateStringsArray, ...this.#values);
  }

  get expressionType(): T | undefined {
    return undefined;
  }

  as<A extends string>(alias: A | Expression<unknown>): AliasedExpression<T, A> {
    return this.#toBuilder().as(alias as A);
  }

  toOperationNode(): OperationNode {
    return this.#toBuilder().toOperationNode();
  }
}

/** Where a value stands in a form, whatever the value is. */
const aValue = Symbol('value');

/** Lists of many lengths would be as many forms. */
const longestKept = 20;

/** More are not kept, lest they fill the memory. */
const mostForms = 10_000;
let knownForms = 0;

/** The forms that begin with the same parts, by what follows. */
class Form {
  text: string | undefined;
  readonly #next = new Map<unknown, Form>();

  next(key: unknown): Form | undefined {
    const known = this.#next.get(key);
    if (known !== undefined || knownForms === mostForms) return known;
    const form = new Form();
    this.#next.set(key, form);
    knownForms += 1;
    return form;
  }
}

const forms = new Form();

/** Whether it is a part that kysely's query builder has made. */
const isBuilt = (value: unknown): boolean => typeof value === 'object' && value !== null && 'toOperationNode' in value;

const writeText = <T = unknown>(text: string): Sql<T> => new Sql(text, [text], []);

const comma = writeText(', ');

/** The parts that kysely makes of these names, once each. */
function nameOnce(make: (name: string) => RawBuilder<unknown>): <T = unknown>(name: string) => Sql<T> {
  const known = new Map<string, Sql>();
  return <T>(name: string) => {
    const part = known.get(name) ?? writeText(make(name).compile(qb).sql);
    known.set(name, part);
    return part as Sql<T>;
  };
}

/** The columns of a row and their values, without those that are undefined. */
function splitRow(row: object): { readonly names: readonly string[]; readonly values: readonly unknown[] } {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return { names: given.map(([name]) => `"${name}"`), values: given.map(([, value]) => value as unknown) };
}

/** A template; what stands in it are parts or values. */
export const sql = Object.assign(
  <T = unknown>(strings: TemplateStringsArray, ...values: readonly unknown[]): Sql<T> =>
    new Sql(strings, strings, values),
  {
    /** A column, `table.column` too. */
    ref: nameOnce((name) => kysely.ref(name)),
    table: nameOnce((name) => kysely.table(name)),
    id: nameOnce((name) => kysely.id(name)),
    /** Text as it is. Never of what people write. */
    raw: writeText,
    /** A value in the text itself, for a planner that should know it. Never of what people write. */
    lit: <T = unknown>(value: T): Sql<T> => writeText(kysely.lit(value).compile(qb).sql),
    join: <T = unknown>(items: readonly unknown[], separator: Sql = comma): Sql<T> => {
      const values = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
      return new Sql(
        values.length > longestKept ? undefined : values.length,
        Array<string>(values.length + 1).fill(''),
        values,
      );
    },
    /** A part without values as its text, for one that many statements have. */
    text: <T = unknown>(part: Sql<T>): Sql<T> => {
      const { sql: text, parameters } = part.compile();
      if (parameters.length > 0) throw new Error('a part with values has no text of its own');
      return writeText(text);
    },
    /** `into table (columns) values (…)`. */
    into: <Table extends keyof DB>(table: Table, row: InsertObject<DB, Table>): Sql => {
      const { names, values } = splitRow(row);
      const head = `into "${table}" (${names.join(', ')}) values (`;
      return new Sql(head, [head, ...Array<string>(values.length - 1).fill(', '), ')'], values);
    },
    /** `set column = …, …`. */
    set: <Table extends keyof DB>(_table: Table, row: UpdateObject<DB, Table>): Sql => {
      const { names, values } = splitRow(row);
      const strings = names.map((name, index) => `${index === 0 ? 'set' : ','} ${name} = `);
      return new Sql(strings.join(''), [...strings, ''], values);
    },
  },
);
