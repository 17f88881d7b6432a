import { createWriteStream } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { createArchive } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import { makeBackup } from './make-backup.ts';
import type { ArchiveHead, TableContent } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import type { BackupResult } from './service.ts';
import { countTables, log, openBackupClinic, query, release } from './testing/backup-clinic.ts';

const { archiveFile, backUp, emptyDatabase } = openBackupClinic();

/** The parts of which an archive is written, of what was said about it. */
function partsOf(made: BackupResult): [ArchiveHead, readonly TableContent[]] {
  const { format, id, createdAt, release, postgresql, migrations, tables, contents } = made;
  return [{ format, id, createdAt, release, postgresql, migrations, tables }, contents];
}

describe('an archive that is not as it was made', () => {
  it('is refused whichever byte was changed, and the target stays as it was', async () => {
    const file = archiveFile();
    await backUp(file);
    const good = await readFile(file);
    const target = await emptyDatabase();
    const before = await countTables(target.url);
    const places = [0, 3, 4, 9, 11, good.length >> 1, good.length - 58, good.length - 30, good.length - 1];
    for (const place of places) {
      const bad = Buffer.from(good);
      bad[place] = (bad[place] ?? 0) ^ 1;
      await writeFile(file, bad);
      await expect(
        restoreBackup({ url: target.url, file, key: undefined, log }),
        `byte ${String(place)}`,
      ).rejects.toThrow(BackupError);
    }
    for (const bad of [
      good.subarray(0, 100),
      Buffer.concat([good, Buffer.from('\n')]),
      Buffer.concat([good, good]),
      Buffer.alloc(0),
    ]) {
      await writeFile(file, bad);
      await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(BackupError);
    }
    await writeFile(file, good);
    await truncate(file, good.length - 1);
    await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(/damaged/);
    expect(await countTables(target.url)).toBe(before);
  });

  it('is refused when its rows are not those of its manifest, however well it is sealed', async () => {
    const file = archiveFile();
    const [head, contents] = partsOf(await backUp(file));
    const forged = archiveFile();
    const archive = await createArchive(createWriteStream(forged), undefined);
    await archive.addJson('backup.json', head);
    await archive.addJson('manifest.json', { id: head.id, tables: contents });
    await archive.finish();
    const target = await emptyDatabase();
    await expect(restoreBackup({ url: target.url, file: forged, key: undefined, log })).rejects.toThrow(
      /does not hold what was backed up/,
    );
    expect(await countTables(target.url)).toBe(0);
  });

  it('is refused when it holds clients of nobody', async () => {
    const source = await emptyDatabase(createTestDatabase);
    await query(
      source.adminUrl,
      `set session_replication_role = replica; insert into clinics (name) values ('Sem dono');
       insert into clients (clinic_id, professional_id, first_name) select id, gen_random_uuid(), 'Zoé' from clinics`,
    );
    const file = archiveFile();
    await makeBackup({ url: source.url, release, output: createWriteStream(file), encryptTo: undefined, log });
    const target = await emptyDatabase();
    await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(/does not hold$/);
    expect(await countTables(target.url)).toBe(0);
  });

  it('is refused when a newer release made it', async () => {
    const [head, contents] = partsOf(await backUp(archiveFile()));
    const future = { name: '9999_future', checksum: '0'.repeat(64) };
    const changes: [Partial<Record<keyof ArchiveHead, unknown>>, RegExp][] = [
      [{ migrations: [...head.migrations, future] }, /newer release/],
      [{ format: 3 }, /newer release/],
    ];
    for (const [change, message] of changes) {
      const file = archiveFile();
      const archive = await createArchive(createWriteStream(file), undefined);
      await archive.addJson('backup.json', { ...head, ...change });
      await archive.addJson('manifest.json', { id: head.id, tables: contents });
      await archive.finish();
      const target = await emptyDatabase();
      await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(message);
      expect(await countTables(target.url)).toBe(0);
    }
  });
});
