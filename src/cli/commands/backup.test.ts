import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { startS3Store } from '../../server/backup/testing/s3-store.ts';
import { runAcolhe } from '../testing/run-acolhe.ts';

// Many processes: each takes seconds to start on a busy machine.
describe('acolhe backup and acolhe restore', { timeout: 240_000 }, () => {
  let folder: string;
  let source: TestDatabase;
  let target: TestDatabase;
  const env = (database: TestDatabase) => ({ DATABASE_URL: database.url, DATA_DIR: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acolhe-cli-backup-'));
    [source, target] = [await createTestDatabase(), await createEmptyDatabase()];
    await runAcolhe(['create-clinic', '--name', 'Um', '--admin-email', 'ana@um.example'], env(source));
  });
  afterAll(async () => {
    await Promise.all([source.drop(), target.drop()]);
    await rm(folder, { recursive: true });
  });

  it('keeps the newest archives, each proven by a restore, and brings one back', async () => {
    await writeFile(join(folder, 'passphrase'), 'quatro palavras bem longas\n');
    const key = ['--passphrase-file', join(folder, 'passphrase')];
    const backups = join(folder, 'backups');
    const old = ['acolhe-20200101T000000Z.tar.gz', 'acolhe-20210101T000000Z.tar.gz.age', 'notes.txt'];
    const first = await runAcolhe(['backup', '--json'], env(source));
    expect(first).toMatchObject({ code: 0 });
    await Promise.all(old.map((name) => writeFile(join(backups, name), '')));
    const { code, stdout, stderr } = await runAcolhe(['backup', '--verify', '--keep', '2', ...key], env(source));
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/restored and compared/) as string,
    });
    const file = stdout.trim();
    const made = (JSON.parse(first.stdout) as { file: string }).file;
    expect((await readdir(backups)).sort()).toEqual(
      [made, file].map((path) => path.slice(backups.length + 1)).concat('notes.txt'),
    );

    const verified = await runAcolhe(['restore', file, '--verify-only', ...key], env(target));
    expect(verified.code).toBe(0);
    const restored = await runAcolhe(['restore', file, '--json', ...key], env(target));
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.stdout)).toMatchObject({
      contents: expect.arrayContaining([expect.objectContaining({ name: 'clinics', rows: 1 })]) as unknown,
    });
    const again = await runAcolhe(['restore', file, ...key], env(target));
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/the database is not empty \(\w+ has rows\): a restore needs an empty one\n$/);
  });

  it('says what lies in the clear, and who may sign in after a restore', async () => {
    const clinics = await createTestDatabase();
    const [emptied, again] = [await createEmptyDatabase(), await createEmptyDatabase()];
    onTestFinished(async () => {
      await Promise.all([clinics.drop(), emptied.drop(), again.drop()]);
    });
    await runAcolhe(['create-clinic', '--name', 'Um', '--admin-email', 'ana@um.example'], env(clinics));
    await runAcolhe(['create-clinic', '--name', 'Dois', '--admin-email', 'bia@dois.example'], env(clinics));
    const plain = await runAcolhe(['backup', '--json', '-o', join(folder, 'plain.tar.gz')], env(clinics));
    expect(plain.stderr).toMatch(/NOT ENCRYPTED: .*health data.*--passphrase-file/);
    expect(JSON.parse(plain.stdout)).toMatchObject({ encrypted: false });
    await writeFile(join(folder, 'secret'), 'quatro palavras bem longas\n');
    const secret = ['--passphrase-file', join(folder, 'secret')];
    const closed = await runAcolhe(['backup', '--json', '-o', join(folder, 'closed.age'), ...secret], env(clinics));
    expect(closed.stderr).not.toContain('NOT ENCRYPTED');
    expect(JSON.parse(closed.stdout)).toMatchObject({ encrypted: true });

    const file = join(folder, 'plain.tar.gz');
    const wrong = await runAcolhe(['restore', file, '--deactivate', 'nobody@um.example'], env(emptied));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody@um.example') as string });
    const restored = await runAcolhe(['restore', file, '--deactivate', 'Bia@dois.example'], env(emptied));
    expect(restored.stdout).toMatch(
      /May sign in, with the roles of .*:\n {2}Um: Ana <ana@um\.example>, administrator\n {2}deactivated: bia@dois\.example\n$/,
    );
    expect(restored.stderr).toContain('1 active person, 1 administrator: whoever was deactivated');
    const { stdout } = await runAcolhe(['restore', file, '--json'], env(again));
    expect(JSON.parse(stdout)).toMatchObject({
      authority: {
        passkeys: 'removed',
        people: [
          { clinic: 'Dois', email: 'bia@dois.example', role: 'administrator', passkeys: 0 },
          { clinic: 'Um', email: 'ana@um.example', role: 'administrator', passkeys: 0 },
        ],
      },
    });
  });

  it('does the same in an S3 store', async () => {
    const store = await startS3Store('backups');
    onTestFinished(() => store.close());
    await writeFile(join(folder, 'words'), 'quatro palavras bem longas\n');
    const key = ['--passphrase-file', join(folder, 'words')];
    const at = { ...env(source), ...store.env };
    for (const name of ['acolhe-20200101T000000Z.tar.gz', 'acolhe-20210101T000000Z.tar.gz.age', 'notes.txt'])
      store.objects.set(`um/${name}`, Buffer.from(''));
    const made = await runAcolhe(['backup', '-o', 's3://backups/um/', '--verify', '--keep', '2', ...key], at);
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/restored and compared/) as string });
    const address = made.stdout.trim();
    expect(address).toMatch(/^s3:\/\/backups\/um\/acolhe-\d{8}T\d{6}Z\.tar\.gz\.age$/);
    expect([...store.objects.keys()].sort()).toEqual([
      'um/acolhe-20210101T000000Z.tar.gz.age',
      address.slice('s3://backups/'.length),
      'um/notes.txt',
    ]);
    const fresh = await createEmptyDatabase();
    onTestFinished(() => fresh.drop());
    const restored = await runAcolhe(['restore', address, '--json', ...key], { ...env(fresh), ...store.env });
    expect(restored).toMatchObject({ code: 0 });
    expect(JSON.parse(restored.stdout)).toMatchObject({
      contents: expect.arrayContaining([expect.objectContaining({ name: 'clinics', rows: 1 })]) as unknown,
    });

    // An archive that does not verify is removed.
    const taken = await runAcolhe(['backup', '-o', 's3://backups/um/notes.txt'], at);
    const unset = await runAcolhe(['backup', '-o', 's3://backups/um/'], env(source));
    // The archive is read twice: its first bytes, then all of it for the checksum.
    const other = { method: 'GET', answer: { status: 200, body: 'not what was sent' } } as const;
    store.troubles.push(other, other);
    const damaged = await runAcolhe(['backup', '-o', 's3://backups/dois/x', '--verify'], at);
    const plain = await runAcolhe(['backup', '-o', 's3://backups'], at);
    for (const { code, stdout } of [taken, unset, damaged]) expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(taken.stderr).toContain('s3://backups/um/notes.txt exists already: give another name.');
    expect(unset.stderr).toContain('set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
    expect(store.objects.has('dois/x')).toBe(false);
    expect(plain.stdout).toMatch(/^s3:\/\/backups\/acolhe-\d{8}T\d{6}Z\.tar\.gz\n$/);
    const flipped = store.objects.get(plain.stdout.trim().slice('s3://backups/'.length));
    if (flipped !== undefined) flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
    const again = await runAcolhe(['restore', plain.stdout.trim(), '--verify-only'], at);
    expect(again).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/the archive is damaged/) as string,
    });
  });

  it('writes to a pipe', async () => {
    const recipient = await identityToRecipient(await generateX25519Identity());
    const { code, stdout } = await runAcolhe(['backup', '-o', '-', '--recipient', recipient], env(source));
    expect({ code, start: stdout.slice(0, 21) }).toEqual({ code: 0, start: 'age-encryption.org/v1' });
  });

  it('says in a line why it does not', async () => {
    const file = join(folder, 'broken.tar.gz');
    const good = JSON.parse((await runAcolhe(['backup', '--json', '-o', file], env(source))).stdout) as {
      file: string;
    };
    await writeFile(file, (await readFile(good.file)).subarray(0, 500));
    const runs = await Promise.all([
      runAcolhe(['restore', file], env(target)),
      runAcolhe(['restore', join(folder, 'missing')], env(target)),
      runAcolhe(['backup', '-o', file], env(source)),
      runAcolhe(['backup', '-o', '-', '--verify'], env(source)),
      runAcolhe(['backup', '--keep', '0'], env(source)),
      runAcolhe(['backup', '-o', join(folder, 'nowhere/x')], env(source)),
      runAcolhe(['backup', '-o', `${folder}/nowhere/`], env(source)),
      runAcolhe(['restore', import.meta.filename, '--verify-only'], env(source)),
    ]);
    expect(runs.map(({ code, stdout }) => ({ code, stdout }))).toEqual(runs.map(() => ({ code: 1, stdout: '' })));
    const last = runs.map(({ stderr }) => stderr.trim().split('\n').at(-1));
    expect(last).toEqual([
      'the archive is damaged: it is cut short, or a byte in it has changed',
      expect.stringMatching(/missing cannot be read: ENOENT/),
      'broken.tar.gz exists already: give another name.',
      expect.stringMatching(/^--output - goes with neither/),
      '--keep takes a whole number from 1 on.',
      `--output ${folder}/nowhere/x cannot be written: there is no folder ${folder}/nowhere`,
      `--output ${folder}/nowhere/ cannot be written: there is no folder ${folder}/nowhere`,
      `${import.meta.filename} is not a backup archive`,
    ]);
  });
});
