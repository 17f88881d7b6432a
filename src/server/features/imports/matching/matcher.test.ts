import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OnConflict } from '../../../../shared/import-choices.ts';
import type { ImportRow } from '../reading/rows/rows.ts';
import type { MatchRules } from './match-rules.ts';
import { applyRow } from './matcher.ts';
import { WorkingSet } from './working-set.ts';

type Values = ImportRow['values'];

const rowOf = (values: Values, line: number, sharedPhone = false): ImportRow => ({
  line,
  cells: [],
  values,
  tags: undefined,
  extra: undefined,
  splitName: true,
  sharedPhone,
  phoneStandsIn: false,
  leftOut: 0,
  hasCompletedPhone: false,
});

const rulesOf = (onConflict: OnConflict): MatchRules => ({
  professionalId: 'ana',
  onConflict,
  ownOnly: false,
  owners: new Map(),
  archived: new Set(),
  apart: new Set(),
  exact: false,
});

/** The client that each row created or changed, if any. */
function clientsOf(rows: readonly ImportRow[], onConflict: OnConflict): (string | undefined)[] {
  const known = new WorkingSet(() => true);
  return rows.map((row) => {
    const outcome = applyRow(row, false, known, rulesOf(onConflict));
    return outcome.kind === 'conflict' || outcome.kind === 'rejected' ? undefined : outcome.client.id;
  });
}

const first = fc.constantFrom('Ana', 'Maria', 'José', 'Luís', 'Luísa', 'Daniel', 'Daniela', 'Marcos', 'Mateus');
const second = fc.constantFrom('', 'Clara', 'Carla', 'Beatriz', 'Eduarda', 'Pedro');
const surname = fc.constantFrom('', 'Souza', 'Lima', 'Souza Lima');
const phone = fc.constantFrom('+5511987650001', '+5511987650002');
const email = fc.constantFrom(undefined, 'familia@exemplo.com.br', 'outra@exemplo.com.br');
const birth = fc.constantFrom('1980-05-05', '2010-05-05', '2012-09-20', '2014-01-10');
const document = fc.constantFrom('52998224725', '11144477735', '39053344705');

interface Person {
  readonly first: string;
  readonly second: string;
  readonly surname: string;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly dateOfBirth: string | undefined;
  readonly document?: string | undefined;
}

const anybody: fc.Arbitrary<Person> = fc.record({
  first,
  second,
  surname,
  phone: fc.option(phone, { nil: undefined }),
  email,
  dateOfBirth: fc.option(birth, { nil: undefined }),
  document: fc.option(document, { nil: undefined }),
});

function valuesOf(person: Person): Values {
  const { first: firstName, second: middle, surname: last, dateOfBirth } = person;
  const lastName = [middle, last].filter((word) => word !== '').join(' ');
  const values = {
    firstName,
    lastName: lastName === '' ? undefined : lastName,
    phone: person.phone,
    email: person.email,
    dateOfBirth,
    document: person.document,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

describe('matching, whatever the rows', () => {
  it('never takes two documents, births or given names for one person', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anybody, fc.boolean()), { maxLength: 30 }),
        fc.constantFrom<OnConflict>('skip', 'update', 'create'),
        (people, onConflict) => {
          const rows = people.map(([person, shares], line) => rowOf(valuesOf(person), line, shares));
          const byClient = new Map<string, Person[]>();
          for (const [at, id] of clientsOf(rows, onConflict).entries()) {
            const [person] = people[at] ?? [];
            if (id !== undefined && person !== undefined) byClient.set(id, [...(byClient.get(id) ?? []), person]);
          }
          for (const one of byClient.values())
            for (const field of ['document', 'dateOfBirth', 'first'] as const)
              expect(
                new Set(one.map((person) => person[field]).filter((value) => value !== undefined)).size,
              ).toBeLessThan(2);
        },
      ),
      { numRuns: 500 },
    );
  });

  const whole = fc.uniqueArray(fc.record({ first, second, surname, phone, email, dateOfBirth: birth }), {
    selector: ({ first: given, second: middle, dateOfBirth }) => `${given} ${middle} ${dateOfBirth}`,
    minLength: 1,
    maxLength: 12,
  });

  it('finds each member of a family in any order of rows', () => {
    const shuffled = whole.chain((people) =>
      fc.shuffledSubarray(
        people.flatMap((person, number) => [person, person].map((each) => ({ ...each, number }))),
        { minLength: people.length * 2 },
      ),
    );
    fc.assert(
      fc.property(shuffled, (people) => {
        const rows = people.map((person, line) => rowOf(valuesOf(person), line));
        const numbers = new Map<string, Set<number>>();
        for (const [at, id = ''] of clientsOf(rows, 'create').entries())
          numbers.set(id, (numbers.get(id) ?? new Set()).add(people[at]?.number ?? -1));
        expect([...numbers.values()].every((members) => members.size === 1)).toBe(true);
        expect(numbers.size).toBe(new Set(people.map(({ number }) => number)).size);
      }),
      { numRuns: 500 },
    );
  });

  it('compares a row with few, however many share a phone', () => {
    const known = new WorkingSet(() => true);
    const valuesAt = (at: number): Values => ({
      firstName: 'Ana',
      lastName: `Nome${String(at % 20)}`,
      phone: '+5511987650000',
      dateOfBirth: `${String(1000 + (at % 900))}-01-01`,
    });
    for (let at = 0; at < 6000; at++) {
      const row = rowOf(valuesAt(at), at);
      if (at % 100 === 0) expect(known.list('phone', row.values).clients.length).toBeLessThan(110);
      applyRow(row, false, known, rulesOf('create'));
    }
    // Each combination of name and date of birth is one person.
    const { clients } = known.list('phone', valuesAt(0));
    expect(clients.filter(({ values }) => values.dateOfBirth === '1000-01-01')).toHaveLength(1);
  });
});
