import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';

/** What one request cost on average, whoever shares the machine. */
export interface Costs {
  /** Statements, their milliseconds in PostgreSQL, and 8 KB pages that they looked at; undefined without pg_stat_statements. */
  readonly statements: number | undefined;
  readonly databaseMs: number | undefined;
  readonly pages: number | undefined;
  /** Milliseconds of processor time of the server's processes; undefined where there is no /proc. */
  readonly serverMs: number | undefined;
}

interface DatabaseUse {
  readonly calls: number;
  readonly milliseconds: number;
  readonly pages: number;
}

/** Reads how much work PostgreSQL and a server have done. */
export interface CostMeter {
  /** Runs work and divides what it cost by the number of requests that it says it made. */
  measure<T extends { readonly count: number }>(serverPid: number, work: () => Promise<T>): Promise<T & Costs>;
  close(): Promise<void>;
}

/** The superuser's database of the server has pg_stat_statements, if this PostgreSQL brings it. */
export async function openCostMeter(adminUrl: string, database: string): Promise<CostMeter> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const counts = await client.query('create extension if not exists pg_stat_statements').then(
    () => true,
    () => false,
  );
  const readUse = async (): Promise<DatabaseUse | undefined> => {
    if (!counts) return undefined;
    const { rows } = await client.query<DatabaseUse>(
      `select sum(calls)::float8 as calls, sum(total_exec_time + total_plan_time) as milliseconds,
         sum(shared_blks_hit + shared_blks_read)::float8 as pages
       from pg_stat_statements where dbid = (select oid from pg_database where datname = $1)`,
      [database],
    );
    return rows[0];
  };
  return {
    async measure(serverPid, work) {
      const [before, cpuBefore] = [await readUse(), readProcessorMs(serverPid)];
      const done = await work();
      const [after, cpuAfter] = [await readUse(), readProcessorMs(serverPid)];
      const each = (from: number | undefined, to: number | undefined): number | undefined =>
        from === undefined || to === undefined ? undefined : (to - from) / done.count;
      return {
        ...done,
        statements: each(before?.calls, after?.calls),
        databaseMs: each(before?.milliseconds, after?.milliseconds),
        pages: each(before?.pages, after?.pages),
        serverMs: each(cpuBefore, cpuAfter),
      };
    },
    close: () => client.end(),
  };
}

/** A process and those that it started, with the memory they hold in MiB. */
function listProcesses(root: number): { readonly pid: number; readonly mebibytes: number }[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const wanted = new Set([root]);
  for (let size = 0; size !== wanted.size;) {
    size = wanted.size;
    for (const [pid, parent] of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.filter(([pid]) => wanted.has(pid)).map(([pid, , kibibytes]) => ({ pid, mebibytes: kibibytes / 1024 }));
}

/** MiB that a server's processes hold. */
export const readMemory = (root: number): number =>
  listProcesses(root).reduce((sum, { mebibytes }) => sum + mebibytes, 0);

/** Linux counts in hundredths of a second. */
const tick = 10;

/** Milliseconds of processor time of a process and those that it started and that still run; undefined where there is no /proc. */
export function readProcessorMs(root: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  return listProcesses(root).reduce((sum, { pid }) => sum + readOwnMs(pid), 0);
}

function readOwnMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tick;
  } catch {
    // It has ended since it was listed.
    return 0;
  }
}
