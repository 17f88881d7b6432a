import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { loadConfig } from '../config.ts';
import { formatLedger, Ledger, type LedgerEntry } from '../features/anonymizing/api.ts';
import { chooseClinicId } from '../features/clinics/api.ts';
import { startServer } from '../server.ts';
import { keepListBeside, readListBeside } from './anonymized-list.ts';
import { openBucket } from './bucket.ts';
import { exportClinic } from './export-clinic.ts';
import { importClinicArchive } from './import-clinic.ts';
import { restoreBackup } from './restore-backup.ts';
import { listAnonymous } from './service.ts';
import { shelfOfFile, shelfOfObject } from './shelf.ts';
import { log, openBackupClinic, query, release } from './testing/backup-clinic.ts';
import { startS3Store } from './testing/s3-store.ts';

const { opened, archiveFile, emptyDatabase, backUp } = openBackupClinic();

/** The first names of the clients, of whom one was called Wanderleia. */
const namesIn = async (url: string): Promise<string[]> =>
  (await query<{ first_name: string }>(url, 'select first_name from clients order by first_name')).map(
    ({ first_name: name }) => name,
  );
const anonymous = ['Cliente anonimizado', 'Inês', 'Zoë', 'Ágata'].sort();

describe('who was made anonymous', () => {
  let [file, clinicFile] = ['', ''];
  let clientId = '';
  let list: readonly LedgerEntry[] = [];

  beforeAll(async () => {
    const { ana, server } = opened();
    const body = { firstName: 'Wanderleia', phone: '11987651234', professionalId: ana.professionalId };
    clientId = (await ana.api('POST /clients', { body })).body.id;
    [file, clinicFile] = [archiveFile(), archiveFile()];
    await backUp(file);
    const { url } = server.database;
    const clinic = await chooseClinicId(server.db, undefined);
    await exportClinic({
      ...{ url, release, clinic, place: { file: clinicFile }, encryptTo: undefined, log },
      verifyWith: { key: undefined },
    });
    await ana.api('POST /clients/{id}/anonymize', { params: { id: clientId }, body: {} });
    list = await listAnonymous(url, new Ledger({ dataDir: await mkdtemp(join(tmpdir(), 'acolhe-list-')) }));
  });

  it('is written beside archives, with those who were written down there before', async () => {
    expect(list).toMatchObject([{ clientId, by: opened().ana.professionalId }]);
    const shelf = shelfOfFile(archiveFile());
    const earlier = { ...list[0], clientId: '0190b3c2-0000-7000-8000-000000000001' } as LedgerEntry;
    await writeFile(join(shelf.name, 'anonymized-20260101T000000Z.jsonl'), `${formatLedger([earlier])}{"cut`);
    expect(await keepListBeside(shelf, list, new Date())).toBe('anonymized.jsonl');
    expect(await keepListBeside(shelf, list, new Date())).toBe('anonymized.jsonl');
    const text = await readFile(join(shelf.name, 'anonymized.jsonl'), 'utf8');
    expect(text).toBe(formatLedger([earlier, ...list]));
    expect(text).not.toContain('Wanderleia');
    expect(await readdir(shelf.name)).not.toContain('anonymized.jsonl.partial');
    const empty = shelfOfFile(join(await mkdtemp(join(tmpdir(), 'acolhe-shelf-')), 'x.tar.gz'));
    expect(await keepListBeside(empty, [], new Date())).toBeUndefined();
    expect(await empty.list()).toEqual([]);
  });

  it('is written in a bucket, too, also with credentials that may only write', async () => {
    const store = await startS3Store('backups');
    onTestFinished(() => store.close());
    const { objectStore } = loadConfig({ SECRET_KEY: 'development', ...store.env });
    if (objectStore === undefined) throw new Error('not configured');
    const shelf = shelfOfObject(openBucket(objectStore, 'backups'), 'um/acolhe.tar.gz');
    await keepListBeside(shelf, list, new Date());
    expect(store.objects.get('um/anonymized.jsonl')?.toString()).toBe(formatLedger(list));
    const refusal = { status: 403, body: '<Error><Code>AccessDenied</Code><Message>write only</Message></Error>' };
    store.troubles.push({ method: 'GET', query: 'list-type', answer: refusal });
    await keepListBeside(shelf, list, new Date('2026-12-01T10:00:00Z'));
    expect([...store.objects.keys()]).toEqual(['um/anonymized.jsonl', 'um/anonymized-20261201T100000Z.jsonl']);
    expect(await readListBeside(shelf)).toEqual([...list, ...list]);
  });

  it('does not come back with an archive of before', async () => {
    const [without, target] = [await emptyDatabase(), await emptyDatabase()];
    const forgotten = await restoreBackup({ url: without.url, file, key: undefined, log });
    expect(forgotten.anonymizedAgain).toBe(0);
    expect(await namesIn(without.url)).toContain('Wanderleia');
    const unknown = { ...list[0], clientId: '0190b3c2-0000-7000-8000-000000000001' } as LedgerEntry;
    const anonymized = [unknown, ...list, ...list];
    const { anonymizedAgain } = await restoreBackup({ url: target.url, file, key: undefined, log, anonymized });
    expect(anonymizedAgain).toBe(1);
    expect(await namesIn(target.url)).toEqual(anonymous);
    expect(
      await query(
        target.url,
        `select address from audit_events where action = 'client_anonymized' and actor_id is null`,
      ),
    ).toHaveLength(1);
  });

  it('is made anonymous again before a server takes requests, where a host brought the database back', async () => {
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    const dataDir = await mkdtemp(join(tmpdir(), 'acolhe-ledger-'));
    await new Ledger({ dataDir }).add(list);
    const config = loadConfig({ DATABASE_URL: target.url, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' });
    const server = await startServer(config, pino({ level: 'silent' }), { migrate: true, demo: false });
    onTestFinished(() => server.stop());
    expect(await namesIn(target.url)).toEqual(anonymous);
  });

  it('does not come back with an earlier archive of the clinic', async () => {
    const target = await emptyDatabase(createTestDatabase);
    const { anonymizedAgain } = await importClinicArchive({
      ...{ url: target.url, file: clinicFile, key: undefined, log, anonymized: list },
      finish: () => Promise.resolve(),
    });
    expect(anonymizedAgain).toBe(1);
    expect(await namesIn(target.url)).toEqual(anonymous);
  });
});
