import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAgenda } from './agenda.ts';
import { drawChart } from './chart.ts';
import { type CostMeter, openCostMeter, readMemory } from './costs.ts';
import { compareDecisions } from './decisions/compare.ts';
import { measureOtherAgenda } from './easy-appointments.ts';
import { measureExport, measureImport, waitUntilSettled } from './files.ts';
import { measureFloors } from './floors.ts';
import { compareServers } from './harness.ts';
import { people, type Product, startProduct } from './product.ts';
import {
  type BenchReport,
  describeMeasured,
  renderAgenda,
  renderComparison,
  renderFloors,
  renderReport,
  type SizeReport,
} from './report.ts';
import { measureJustImported, measureSettled } from './scenarios.ts';
import { renderSimulation } from './simulate.ts';

const root = join(import.meta.dirname, '..', '..');
const help = `npm run bench -- [options]
  --sizes 10000,100000   numbers of clients
  --million              1,000,000, too
  --seconds 4            of each measurement, after one to warm up
  --harness ../shared/bench   the harness that measures Django and a bare server as well, where it is
  --alone                without that harness
  --agenda               only the agenda
  --appointments 100000  of 50 professionals, for the agenda
  --beside ADDRESS       an Easy!Appointments to compare the agenda with, and --beside-login NAME:PASSWORD
  --floors               only what a request takes of the processors, and the least that it could take
  --decisions            only what the decisions compared: one trip and many, search by function and under the policy
  --simulate             only what many clinics need, from docs/performance.json; with --write into docs/scaling.md
  --json FILE            the figures; bench.json in the folder for temporary files if left out
  --write                also into docs/performance.md with its chart
`;
const figures = join(root, 'docs', 'performance.json');
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    million: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '4' },
    harness: { type: 'string', default: join(root, '..', 'shared', 'bench') },
    alone: { type: 'boolean', default: false },
    agenda: { type: 'boolean', default: false },
    appointments: { type: 'string', default: '100000' },
    beside: { type: 'string' },
    'beside-login': { type: 'string', default: 'administrator:administrator' },
    floors: { type: 'boolean', default: false },
    decisions: { type: 'boolean', default: false },
    simulate: { type: 'boolean', default: false },
    json: { type: 'string', default: join(tmpdir(), 'bench.json') },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

interface Running {
  readonly folder: string;
  readonly product: Product;
  readonly meter: CostMeter;
}

/** Starts the product on a database of its own for one measurement, and leaves nothing of it. */
async function withProduct<Result>(work: (running: Running) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-bench-'));
  const product = await startProduct(folder);
  const meter = await openCostMeter(product.postgres.adminUrl, 'acolhe');
  try {
    return await work({ folder, product, meter });
  } finally {
    await meter.close();
    await product.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSize(clients: number): Promise<SizeReport> {
  const harness = resolve(values.harness);
  return withProduct(async ({ folder, product, meter }) => {
    const person = await product.signIn(people.owner);
    const { startMs } = product;
    const idle = readMemory(product.server.pid ?? 0);
    tell(`\n${String(clients)} clients: importing …`);
    const imported = await measureImport({ product, person, folder, rows: clients, harness });
    tell(describeMeasured('list while the import runs', imported.listMeanwhile));
    const settling = waitUntilSettled(product);
    const round = {
      product,
      person,
      meter,
      seconds: Number(values.seconds),
      tell: (name: string, measured: Parameters<typeof describeMeasured>[1]) => {
        tell(describeMeasured(name, measured));
      },
    };
    tell('just imported');
    const justImported = await measureJustImported(round);
    const settleSeconds = await settling;
    await product.query('vacuum analyze clients');
    tell('settled');
    const settled = await measureSettled(round);
    const exported = await measureExport(product, person, clients);
    const loaded = readMemory(product.server.pid ?? 0);
    const [size] = await product.query<{ bytes: number }>(
      'select pg_database_size(current_database())::float8 as bytes',
    );
    return {
      clients,
      startMs,
      import: imported,
      settleSeconds,
      justImported,
      settled,
      export: exported,
      memory: { idle, loaded },
      databaseBytes: size?.bytes ?? 0,
      compared: 'not asked for',
    };
  });
}

async function measureAgendaAlone(): Promise<void> {
  await withProduct(async ({ product, meter }) => {
    const seconds = Number(values.seconds);
    const other = values.beside;
    const measured = await measureAgenda(
      product,
      { professionals: 50, appointments: Number(values.appointments) },
      {
        ...{ product, meter, seconds },
        tell: (name, measured) => {
          tell(describeMeasured(name, measured));
        },
      },
    );
    const login = values['beside-login'];
    const beside = other === undefined ? undefined : await measureOtherAgenda({ address: other, login }, seconds);
    const agenda = { ...measured, beside };
    const about = { at: new Date().toISOString(), machine: describeMachine(), seconds };
    const text = renderAgenda(about, agenda);
    tell(`\n${text}`);
    await writeFile(values.json, JSON.stringify({ ...about, agenda }, null, 1));
    tell(`\n${values.json}`);
    if (values.write) await writeBetweenMarks(join(root, 'docs', 'performance.md'), text, 'agenda');
  });
}

async function measureFloorsAlone(): Promise<void> {
  await withProduct(async ({ folder, product, meter }) => {
    const person = await product.signIn(people.owner);
    await measureImport({ product, person, folder, rows: 10_000, harness: resolve(values.harness) });
    await waitUntilSettled(product);
    await product.query('vacuum analyze');
    const seconds = Number(values.seconds);
    const floors = await measureFloors(product, person, { meter, seconds });
    const text = renderFloors({ at: new Date().toISOString(), machine: describeMachine(), seconds }, floors);
    tell(text);
    if (values.write) await writeBetweenMarks(join(root, 'docs', 'performance.md'), text, 'floors');
  });
}

async function compareSize(clients: number): Promise<SizeReport['compared']> {
  if (values.alone) return 'not asked for';
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-bench-'));
  const compared = await compareServers(resolve(values.harness), clients, folder);
  tell(typeof compared === 'string' ? `without other servers: ${compared}` : renderComparison(compared));
  await rm(folder, { recursive: true, force: true });
  return compared;
}

const describeMachine = (): BenchReport['machine'] => ({
  processor: `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
  Node: process.version,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
});

/** Puts a text between the marks of a page. */
async function writeBetweenMarks(page: string, text: string, mark = 'figures'): Promise<void> {
  const [begin, end] = [`<!-- ${mark} -->`, '<!-- end -->'];
  const [before = '', rest = ''] = (await readFile(page, 'utf8')).split(begin);
  await writeFile(page, `${before}${begin}\n\n${text}\n\n${rest.slice(rest.indexOf(end))}`);
  execFileSync(join(root, 'node_modules', '.bin', 'prettier'), ['--write', page], { cwd: root });
}

async function writeDocuments(report: BenchReport): Promise<void> {
  const links = [
    '![Median and 99th percentile of each request](performance.svg)',
    'In full: [performance.json](performance.json), which the simulation in [scaling](scaling.md) reads.',
  ];
  await writeBetweenMarks(join(root, 'docs', 'performance.md'), [...links, renderReport(report)].join('\n\n'));
  await writeFile(join(root, 'docs', 'performance.svg'), drawChart(report));
  await writeFile(figures, `${JSON.stringify(report, null, 2)}\n`);
}

if (values.help) tell(help);
else if (values.agenda) await measureAgendaAlone();
else if (values.floors) await measureFloorsAlone();
else if (values.simulate) {
  const table = renderSimulation(JSON.parse(await readFile(figures, 'utf8')) as BenchReport);
  tell(table);
  if (values.write) await writeBetweenMarks(join(root, 'docs', 'scaling.md'), table);
} else if (values.decisions) {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-bench-'));
  for (const line of await compareDecisions(folder)) tell(line);
  await rm(folder, { recursive: true, force: true });
} else {
  const sizes: SizeReport[] = [];
  for (const clients of [...values.sizes.split(',').map(Number), ...(values.million ? [1_000_000] : [])])
    sizes.push({ ...(await measureSize(clients)), compared: await compareSize(clients) });
  const report = { at: new Date().toISOString(), machine: describeMachine(), seconds: Number(values.seconds), sizes };
  tell(`\n${renderReport(report)}`);
  await writeFile(values.json, JSON.stringify(report, null, 1));
  tell(`\n${values.json}`);
  if (values.write) await writeDocuments(report);
}
