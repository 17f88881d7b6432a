import { startEmbedded } from '../../../src/server/embedded-database/start-embedded.ts';
import { migrate } from '../../../src/server/db/migrate.ts';
import { fillClinic } from './fill-clinic.ts';
import { compareReads } from './reads.ts';
import { compareSearches } from './searches.ts';

const clients = 100_000;

/** Compares what the decisions in docs/decisions chose with what they rejected, both in this run. @returns lines to print */
export async function compareDecisions(folder: string): Promise<string[]> {
  const postgres = await startEmbedded({ dataDir: folder, settings: { shared_buffers: '512MB' } });
  try {
    await migrate(postgres.url);
    const clinic = await fillClinic(postgres.url, clients);
    const results = [...(await compareReads(postgres.url, clinic)), ...(await compareSearches(postgres.url, clinic))];
    return results.map(
      ({ name, ours, other, unit, ratio }) =>
        `${name.padEnd(44)} ${ours.padStart(12)} | ${other.padStart(12)} ${unit.padEnd(9)} ratio ${ratio.toFixed(2)}`,
    );
  } finally {
    await postgres.stop();
  }
}
