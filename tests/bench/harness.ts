import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const figure = z.object({ rps: z.number(), p50: z.number().nullish(), p99: z.number().nullish() });
const figures = z.record(z.string(), z.partialRecord(z.enum(['django', 'bare', 'acolhe']), figure));

/** By what was asked for: the figures of each server, measured by the harness in one run. */
export type Compared = z.infer<typeof figures>;

const programs = ['wrk', 'psql', 'gunicorn'];

/** Why the other servers cannot run here; undefined when they can. */
function findObstacle(harness: string): string | undefined {
  if (!existsSync(join(harness, 'run.mjs'))) return `${harness} is not there`;
  const missing = programs.find((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing !== undefined) return `${missing} is not installed`;
  const django = spawnSync('/usr/bin/python3', ['-c', 'import django, rest_framework, psycopg2']).status === 0;
  return django ? undefined : 'Django is not installed';
}

/** Has the shared harness measure Django, a bare server and this one on the same data. @returns a text if it cannot run */
export async function compareServers(harness: string, clients: number, folder: string): Promise<Compared | string> {
  const obstacle = findObstacle(harness);
  if (obstacle !== undefined) return obstacle;
  const json = join(folder, `harness-${String(clients)}.json`);
  const project = join(import.meta.dirname, '..', '..');
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  execFileSync('bash', [join(harness, 'postgres.sh')], { stdio: [...stdio] });
  try {
    const args = [join(harness, 'run.mjs'), '--clients', String(clients), '--project', project, '--json', json];
    execFileSync(process.execPath, args, { stdio: [...stdio] });
    return figures.parse(JSON.parse(await readFile(json, 'utf8')));
  } finally {
    execFileSync('bash', [join(harness, 'postgres.sh'), 'stop'], { stdio: [...stdio] });
  }
}
