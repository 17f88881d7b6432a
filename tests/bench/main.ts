import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/server/embedded-database/start-embedded.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { compareReads } from './reads.ts';
import { compareSearches } from './searches.ts';
import { fillClinic } from './fill-clinic.ts';
import { measureImports } from './imports.ts';

/** Clients of the clinic, on a PostgreSQL of its own. Both sides of each comparison are measured in this run. */
const clients = 100_000;

const folder = await mkdtemp(join(tmpdir(), 'acolhe-bench-'));
const postgres = await startEmbedded({ dataDir: folder, settings: { shared_buffers: '512MB' } });
try {
  await migrate(postgres.url);
  process.stderr.write(`filling a clinic with ${String(clients)} clients …\n`);
  const clinic = await fillClinic(postgres.url, clients);
  const results = [...(await compareReads(postgres.url, clinic)), ...(await compareSearches(postgres.url, clinic))];
  for (const { name, ours, other, unit, ratio } of results)
    process.stdout.write(
      `${name.padEnd(44)} ${ours.padStart(12)} | ${other.padStart(12)} ${unit.padEnd(9)} ratio ${ratio.toFixed(2)}\n`,
    );
  await measureImports({
    url: postgres.url,
    folder,
    clinic,
    email: 'bench@exemplo.test',
    tell: (line) => process.stdout.write(`${line}\n`),
  });
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
