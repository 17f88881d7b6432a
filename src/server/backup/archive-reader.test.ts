import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArchive } from './archive-reader.ts';
import { createArchive } from './archive-writer.ts';
import { archiveFormat } from './manifest.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acolhe-reader-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const head = {
  format: archiveFormat,
  id: '01900000-0000-7000-8000-000000000001',
  createdAt: new Date().toISOString(),
  release: { version: '1.0.0', commit: 'test' },
  postgresql: 17,
  migrations: [{ name: '0001_foundation', checksum: '0'.repeat(64) }],
  tables: [],
};

/** An archive of so many bytes of one table's rows, which hardly get smaller. */
async function writeArchive(bytes: number): Promise<string> {
  const file = join(folder, `${String(bytes)}.acolhe`);
  const archive = await createArchive(createWriteStream(file), undefined);
  await archive.addJson('backup.json', head);
  await archive.addParts(
    'tables/clients',
    (async function* () {
      yield await Promise.resolve(Buffer.from(randomBytes(bytes).toString('base64')));
    })(),
  );
  await archive.finish();
  return file;
}

const nothing = () => Promise.resolve();
const refusal = new Error('the database is not empty');
// As a database answers: meanwhile the rest is read as far as it goes.
const refuse = async () => {
  await setTimeout(200);
  throw refusal;
};

describe.each([1_000, 50_000, 150_000, 200_000, 400_000, 2_000_000])(
  'an archive of %i bytes that is refused',
  (bytes) => {
    it.each([
      ['at its head', { head: refuse, rows: nothing, end: nothing }],
      ['at its rows', { head: nothing, rows: refuse, end: nothing }],
    ])(
      '%s ends with the reason, however much of it is still to be read',
      async (_, visitor) => {
        await expect(readArchive(await writeArchive(bytes), undefined, visitor)).rejects.toBe(refusal);
      },
      5_000,
    );
  },
);
