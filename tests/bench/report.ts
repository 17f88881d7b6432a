import { type AgendaReport, weekOfOne } from './agenda.ts';
import type { Compared } from './harness.ts';
import type { Floor } from './floors.ts';
import type { ExportFigures, ImportFigures } from './files.ts';
import type { Measured, Results } from './scenarios.ts';

/** Everything measured with one number of clients. */
export interface SizeReport {
  readonly clients: number;
  readonly startMs: number;
  readonly import: ImportFigures;
  /** From the end of the import until search finds every client by its index. */
  readonly settleSeconds: number;
  readonly justImported: Results;
  readonly settled: Results;
  readonly export: ExportFigures;
  /** MiB of the server's processes after the start and at the end. */
  readonly memory: { readonly idle: number; readonly loaded: number };
  /** Bytes of the database with these clients, their versions and indexes. */
  readonly databaseBytes: number;
  /** What the shared harness measured, or why it could not. */
  readonly compared: Compared | string;
}

/** What `npm run bench` writes as JSON. */
export interface BenchReport {
  readonly at: string;
  readonly machine: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly sizes: readonly SizeReport[];
}

type Run = Omit<BenchReport, 'sizes'>;

/** When, how long and on what was measured. */
function describeRun({ at, machine, seconds }: Run, more = ''): string {
  const about = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  return `Measured ${at.slice(0, 10)}, ${String(seconds)} seconds each${more}: ${about.join(', ')}.`;
}

/** Three significant digits, and none lost before the point. */
const show = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export const describeMeasured = (name: string, measured: Measured): string =>
  [
    name.padEnd(32),
    `${show(measured.perSecond).padStart(7)}/s`,
    `p50 ${show(measured.p50)} ms`.padEnd(14),
    `p99 ${show(measured.p99)} ms`.padEnd(14),
    `database ${show(measured.databaseMs)} ms, ${show(measured.statements)} statements, ${show(measured.pages)} pages`,
    ` server ${show(measured.serverMs)} ms`,
    measured.failed > 0 ? `  FAILED ${String(measured.failed)} of ${String(measured.count)}` : '',
  ].join(' ');

const header = ['', 'a second', 'p50 ms', 'p99 ms', 'database ms', 'statements', 'pages', 'server ms'];
const cells = (name: string, measured: Measured): string[] => [
  name,
  show(measured.perSecond),
  show(measured.p50),
  show(measured.p99),
  show(measured.databaseMs),
  show(measured.statements),
  show(measured.pages),
  show(measured.serverMs),
];

const toTable = ([first = [], ...rows]: readonly (readonly string[])[]): string =>
  [first, first.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The figures of an agenda as Markdown, for docs/performance.md. */
export function renderAgenda(run: Run, report: AgendaReport): string {
  const { professionals, appointments, results, races } = report;
  const count = (number: number): string => number.toLocaleString('en');
  return [
    describeRun(run),
    `${count(appointments)} appointments of ${count(professionals)} professionals:`,
    toTable([header, ...Object.entries(results).map(([name, measured]) => cells(name, measured))]),
    toTable([
      ['forty bookings of one time', 'all answered after', 'answers'],
      ...races.map((race) => [race.name, `${show(race.milliseconds)} ms`, race.answers]),
    ]),
    ...renderBeside(report),
  ].join('\n\n');
}

function renderBeside({ beside, results, races }: AgendaReport): string[] {
  const week = results[weekOfOne];
  const race = races.at(-1);
  if (beside === undefined || week === undefined || race === undefined) return [];
  const row = (name: string, ours: number, theirs: number, ratio: number): string[] => [
    name,
    show(ours),
    show(theirs),
    `${show(ratio)} ×`,
  ];
  const table = toTable([
    ['one run, one machine', 'Acolhe', 'Easy!Appointments', 'Acolhe is faster'],
    row(`${weekOfOne}, a second`, week.perSecond, beside.weeks.perSecond, week.perSecond / beside.weeks.perSecond),
    row(`${weekOfOne}, p50 ms`, week.p50, beside.weeks.p50, beside.weeks.p50 / week.p50),
    row(
      'forty bookings of one time, ms',
      race.milliseconds,
      beside.race.milliseconds,
      beside.race.milliseconds / race.milliseconds,
    ),
  ]);
  return [table, `Of the forty, Easy!Appointments gave the time to ${String(beside.race.booked)}.`];
}

/** How near the server is to the least that it could do, as Markdown. */
export function renderFloors(run: Run, floors: readonly Floor[]): string {
  return [
    describeRun(run, ', 10,000 clients'),
    toTable([
      ['', 'a second', 'database ms', 'server ms', 'generator ms', 'least server ms', 'floor, a second', 'reached'],
      ...floors.map(({ name, perSecond, shares, leastServer, floor }) => [
        name,
        show(perSecond),
        show(shares.database),
        show(shares.server),
        show(shares.generator),
        show(leastServer),
        show(floor),
        `${show((perSecond / floor) * 100)} %`,
      ]),
    ]),
  ].join('\n\n');
}

/** The figures as Markdown, for docs/performance.md. */
export function renderReport({ sizes, ...run }: BenchReport): string {
  return [
    describeRun(run),
    ...sizes.flatMap((size) => [
      `### ${size.clients.toLocaleString('en')} clients`,
      toTable([
        header,
        ...Object.entries(size.settled).map(([name, measured]) => cells(name, measured)),
        ...Object.entries(size.justImported).map(([name, measured]) => cells(`just imported: ${name}`, measured)),
        cells('list while the import runs', size.import.listMeanwhile),
      ]),
      toTable([['', 'figure'], ...listFigures(size)]),
      ...(typeof size.compared === 'string' ? [] : [renderComparison(size.compared)]),
    ]),
  ].join('\n\n');
}

const listFigures = (size: SizeReport): string[][] => [
  [
    'import, from command to exit',
    `${show(size.import.rowsPerSecond)} rows/s (${show(size.import.seconds)} s), ${show(size.import.mebibytes)} MiB at most`,
  ],
  ['… until search has every client in its index', `${show(size.settleSeconds)} s more`],
  ['export as CSV', `${show(size.export.rowsPerSecond)} rows/s, ${show(size.export.megabytes)} MB`],
  ['start to ready', `${show(size.startMs)} ms`],
  ['memory of the server, idle and loaded', `${show(size.memory.idle)} and ${show(size.memory.loaded)} MiB`],
  ['the database on disk', `${show(size.databaseBytes / 1e6)} MB`],
];

export function renderComparison(compared: Compared): string {
  const ratio = (name: 'django' | 'bare', figures: Compared[string]): string => {
    const [own, other] = [figures.acolhe?.rps, figures[name]?.rps];
    return own === undefined || other === undefined ? '' : (own / other).toFixed(2);
  };
  return toTable([
    ['one run of the harness', 'Django', 'bare', 'Acolhe', '× Django', '× bare'],
    ...Object.entries(compared).map(([name, figures]) => [
      name,
      show(figures.django?.rps),
      show(figures.bare?.rps),
      show(figures.acolhe?.rps),
      ratio('django', figures),
      ratio('bare', figures),
    ]),
  ]);
}
