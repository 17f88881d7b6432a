import type { BenchReport, SizeReport } from './report.ts';

/** What is assumed and not measured: change it here, and run `npm run bench -- --simulate` again. */
const assumed = {
  clientsOfClinic: 3000,
  /** Requests of one clinic on a working day, by the name that the bench gives them. */
  aDay: {
    list: 300,
    'search: name': 200,
    'one client': 300,
    change: 80,
    create: 15,
    refresh: 60,
    'list, deep page': 20,
  },
  /** Of a day's requests, those of the busiest hour; and how far its busiest minute is above its mean. */
  busiestHour: 0.15,
  burst: 2,
  /** Tabs that listen to changes at that hour. */
  listenersOfClinic: 4,
  /** Processors may be this busy at the peak. */
  utilisation: 0.6,
  workingDays: 250,
  years: 5,
  /** Bytes of a change's version and audit event, indexes included. */
  changeBytes: 2000,
  /** Hours to restore a million clients (docs/scaling.md: 300,000 in two minutes). */
  restoreHoursOfMillion: 0.11,
  /** US dollars a month, as virtual machines are rented in 2026: a core with 2 or 8 GiB of memory, and a GB of SSD or of backups. */
  price: { serverCore: 15, databaseCore: 45, diskGb: 0.12, backupGb: 0.02 },
  backupsKept: 14,
  /** A compressed archive, as a share of the database. */
  backupShare: 0.2,
};

/** What one primary should not be asked to exceed. */
const bounds = { databaseCores: 24, databaseGb: 1000, restoreHours: 4, directConnections: 400 };

interface Simulated {
  readonly clinics: number;
  readonly requestsPerSecond: number;
  readonly processes: number;
  readonly databaseCores: number;
  /** Connections that PostgreSQL would see without a pooler, and those in use at once. */
  readonly connections: number;
  readonly busyConnections: number;
  readonly listeners: number;
  readonly databaseGb: number;
  readonly restoreHours: number;
  /** With a standby and backups. */
  readonly dollars: number;
  /** Databases to divide the clinics among, so that each keeps all bounds. */
  readonly parts: number;
  readonly breaksFirst: string;
}

/** Computes what so many clinics need, from the costs that the bench measured. */
function simulate(report: BenchReport, clinics: number): Simulated {
  const size = report.sizes.reduce((best, each) => (each.clients < best.clients ? each : best));
  const largest = report.sizes.reduce((best, each) => (each.clients > best.clients ? each : best));
  const peak = (assumed.busiestHour * assumed.burst) / 3600;
  const costs = Object.entries(assumed.aDay).map(([name, times]) => ({
    perSecond: times * clinics * peak,
    ...costOf(size, name),
  }));
  const sum = (value: (cost: (typeof costs)[number]) => number): number =>
    costs.reduce((total, cost) => total + value(cost), 0);
  const cores = (milliseconds: number): number => Math.max(1, milliseconds / 1000 / assumed.utilisation);
  const databaseMs = sum(({ perSecond, databaseMs: each }) => perSecond * each);
  const processes = Math.max(2, Math.ceil(cores(sum(({ perSecond, serverMs }) => perSecond * serverMs))));
  const changes = (assumed.aDay.change + assumed.aDay.create) * assumed.workingDays * assumed.years;
  const clientBytes = (largest.databaseBytes / largest.clients) * assumed.clientsOfClinic;
  const databaseGb = (clinics * (clientBytes + changes * assumed.changeBytes)) / 1e9;
  const databaseCores = Math.max(2, Math.ceil(cores(databaseMs)));
  const restoreHours = ((clinics * assumed.clientsOfClinic) / 1e6) * assumed.restoreHoursOfMillion;
  const connections = processes * 19;
  const { price } = assumed;
  const dollars =
    processes * price.serverCore +
    2 * (databaseCores * price.databaseCore + databaseGb * price.diskGb) +
    databaseGb * assumed.backupShare * assumed.backupsKept * price.backupGb;
  const shares = [
    { share: connections / bounds.directConnections, name: 'connections' },
    { share: restoreHours / bounds.restoreHours, name: 'time to restore' },
    { share: databaseCores / bounds.databaseCores, name: 'processors of the primary' },
    { share: databaseGb / bounds.databaseGb, name: 'size of one database' },
  ].sort((a, b) => b.share - a.share);
  const ofPrimary = shares.filter(({ name }) => name !== 'connections');
  return {
    clinics,
    requestsPerSecond: sum(({ perSecond }) => perSecond),
    processes,
    databaseCores,
    connections,
    busyConnections: Math.ceil((databaseMs / 1000) * 3),
    listeners: clinics * assumed.listenersOfClinic,
    databaseGb,
    restoreHours,
    dollars,
    parts: Math.ceil(Math.max(...ofPrimary.map(({ share }) => share))),
    breaksFirst: shares[0] === undefined || shares[0].share < 1 ? 'nothing' : shares[0].name,
  };
}

function costOf({ settled, clients }: SizeReport, name: string): { databaseMs: number; serverMs: number } {
  const { databaseMs, serverMs } = settled[name] ?? {};
  if (databaseMs === undefined || serverMs === undefined)
    throw new Error(`the figures of ${String(clients)} clients lack the costs of “${name}”`);
  return { databaseMs, serverMs };
}

/** The simulation as a Markdown table, a column for each number of clinics. */
export function renderSimulation(report: BenchReport): string {
  const columns = [1000, 10_000, 100_000].map((clinics) => simulate(report, clinics));
  const row = (name: string, value: (each: Simulated) => string): string =>
    `| ${name} | ${columns.map(value).join(' | ')} |`;
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  return [
    row('clinics of 3,000 clients', ({ clinics }) => whole(clinics)),
    `| --- | ${columns.map(() => '---:').join(' | ')} |`,
    row('requests a second at the peak', (each) => whole(each.requestsPerSecond)),
    row('open streams of changes', (each) => whole(each.listeners)),
    row('server processes, a core each', (each) => whole(each.processes)),
    row('cores of the primary', (each) => whole(each.databaseCores)),
    row('connections without a pooler', (each) => whole(each.connections)),
    row('connections in use at once', (each) => whole(each.busyConnections)),
    row('database after five years, GB', (each) => whole(each.databaseGb)),
    row('hours to restore it in one piece', (each) => each.restoreHours.toFixed(1)),
    row('US$ a month, with standby and backups', (each) => whole(each.dollars)),
    row('… a clinic', (each) => (each.dollars / each.clinics).toFixed(2)),
    row('what breaks first', (each) => each.breaksFirst),
    row('databases to divide the clinics among', (each) => whole(each.parts)),
  ].join('\n');
}
