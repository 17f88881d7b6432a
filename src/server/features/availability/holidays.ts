import { type OptionalHolidayName, optionalHolidayNames } from '../../../shared/optional-holidays.ts';
import { addDays } from '../../../shared/zoned-time.ts';

/** A holiday that follows from the calendar. */
export interface ComputedHoliday {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly name: string;
  readonly kind: 'national' | 'state' | 'optional';
  /** The state whose law it is; null: the whole country. */
  readonly state: string | null;
}

/** How a date is found in a year: a day of a month `MM-DD`, or days after Easter Sunday. */
type Rule = string | number;

/** Leis 662/1949, 6.802/1980, 9.093/1995 (Good Friday) and 14.759/2023 (from 2024 on). */
const national: readonly (readonly [rule: Rule, name: string, since?: number])[] = [
  ['01-01', 'Confraternização Universal'],
  [-2, 'Paixão de Cristo'],
  ['04-21', 'Tiradentes'],
  ['05-01', 'Dia Mundial do Trabalho'],
  ['09-07', 'Independência do Brasil'],
  ['10-12', 'Nossa Senhora Aparecida'],
  ['11-02', 'Finados'],
  ['11-15', 'Proclamação da República'],
  ['11-20', 'Dia Nacional de Zumbi e da Consciência Negra', 2024],
  ['12-25', 'Natal'],
];

const optional: Readonly<Record<OptionalHolidayName, Rule>> = {
  'Segunda-feira de Carnaval': -48,
  'Terça-feira de Carnaval': -47,
  'Quarta-feira de Cinzas': -46,
  'Corpus Christi': 60,
  'Dia do Servidor Público': '10-28',
  'Véspera de Natal': '12-24',
  'Véspera de Ano-Novo': '12-31',
};

/** Holidays by the laws of the states. What a clinic has otherwise it enters by hand. */
const ofStates: Readonly<Record<string, readonly (readonly [rule: Rule, name: string])[]>> = {
  AC: [
    ['01-23', 'Dia do Evangélico'],
    ['03-08', 'Dia Internacional da Mulher'],
    ['06-15', 'Aniversário do Acre'],
    ['09-05', 'Dia da Amazônia'],
    ['11-17', 'Assinatura do Tratado de Petrópolis'],
  ],
  AL: [
    ['06-24', 'São João'],
    ['06-29', 'São Pedro'],
    ['09-16', 'Emancipação Política de Alagoas'],
  ],
  AM: [['09-05', 'Elevação do Amazonas à Categoria de Província']],
  AP: [
    ['03-19', 'São José'],
    ['09-13', 'Criação do Território Federal do Amapá'],
  ],
  BA: [['07-02', 'Independência da Bahia']],
  CE: [
    ['03-19', 'São José'],
    ['03-25', 'Data Magna do Ceará'],
  ],
  DF: [['11-30', 'Dia do Evangélico']],
  ES: [[8, 'Nossa Senhora da Penha']],
  GO: [
    ['07-26', 'Fundação da Cidade de Goiás'],
    ['10-24', 'Pedra Fundamental de Goiânia'],
  ],
  MA: [['07-28', 'Adesão do Maranhão à Independência do Brasil']],
  MS: [['10-11', 'Criação do Estado de Mato Grosso do Sul']],
  PA: [['08-15', 'Adesão do Pará à Independência do Brasil']],
  PB: [['08-05', 'Fundação do Estado da Paraíba']],
  PE: [['03-06', 'Data Magna de Pernambuco']],
  PI: [['10-19', 'Dia do Piauí']],
  PR: [['12-19', 'Emancipação Política do Paraná']],
  RJ: [
    [-47, 'Terça-feira de Carnaval'],
    ['04-23', 'São Jorge'],
  ],
  RN: [['10-03', 'Mártires de Cunhaú e Uruaçu']],
  RO: [
    ['01-04', 'Criação do Estado de Rondônia'],
    ['06-18', 'Dia do Evangélico'],
  ],
  RR: [['10-05', 'Criação do Estado de Roraima']],
  RS: [['09-20', 'Revolução Farroupilha']],
  SE: [['07-08', 'Emancipação Política de Sergipe']],
  SP: [['07-09', 'Revolução Constitucionalista']],
  TO: [
    ['03-18', 'Autonomia do Tocantins'],
    ['09-08', 'Nossa Senhora da Natividade'],
    ['10-05', 'Criação do Estado do Tocantins'],
  ],
};

/** Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher). */
export function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const month = String(Math.floor(f / 31)).padStart(2, '0');
  return `${String(year)}-${month}-${String((f % 31) + 1).padStart(2, '0')}`;
}

const dateOf = (rule: Rule, year: number): string =>
  typeof rule === 'number' ? addDays(easterOf(year), rule) : `${String(year)}-${rule}`;

const years = new Map<number, readonly ComputedHoliday[]>();

/** The holidays of a year, of all states, by date. */
export function holidaysOf(year: number): readonly ComputedHoliday[] {
  const known = years.get(year);
  if (known !== undefined) return known;
  const computed = computeYear(year);
  years.set(year, computed);
  return computed;
}

function computeYear(year: number): readonly ComputedHoliday[] {
  const at = (rule: Rule) => dateOf(rule, year);
  const all: ComputedHoliday[] = [
    ...national.flatMap(([rule, name, since = 0]) =>
      year < since ? [] : [{ date: at(rule), name, kind: 'national' as const, state: null }],
    ),
    ...optionalHolidayNames.map((name) => ({
      ...{ date: at(optional[name]), name, kind: 'optional' as const, state: null },
    })),
    ...Object.entries(ofStates).flatMap(([state, rules]) =>
      rules.map(([rule, name]) => ({ date: at(rule), name, kind: 'state' as const, state })),
    ),
  ];
  return all.sort((a, b) => a.date.localeCompare(b.date));
}

/** The holidays of some days, as the statements that ask for opening hours take them. */
export function holidaysAmong(days: readonly string[]) {
  const wanted = new Set(days);
  const among = [...new Set(days.map((day) => Number(day.slice(0, 4))))].flatMap(holidaysOf);
  return among
    .filter(({ date }) => wanted.has(date))
    .map(({ date, state, kind, name }) => ({ date, state, optional: kind === 'optional' ? name : null }));
}
