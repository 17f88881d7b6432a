import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { startS3Store } from '../../../server/backup/testing/s3-store.ts';
import { type Run, runAcolhe } from '../../testing/run-acolhe.ts';

// Many processes: each takes seconds to start on a busy machine.
describe('acolhe clinics', { timeout: 240_000 }, () => {
  let folder: string;
  let source: TestDatabase;
  let target: TestDatabase;
  const env = (database: TestDatabase) => ({ DATABASE_URL: database.url, DATA_DIR: folder });
  const run = (database: TestDatabase, ...args: string[]): Promise<Run> =>
    runAcolhe(['clinics', ...args], env(database));

  async function ask<Row>(database: TestDatabase, text: string): Promise<Row[]> {
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acolhe-clinics-'));
    [source, target] = [await createTestDatabase(), await createTestDatabase()];
    await run(source, 'create', '--name', 'Pés & Cia', '--admin-email', 'ana@pes.example');
    await run(source, 'create', '--name', 'Outra', '--admin-email', 'bia@outra.example');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([source.drop(), target.drop()]);
    await rm(folder, { recursive: true });
  });

  it('lists, renames, limits and lets the host in', async () => {
    expect(await run(source, 'rename', 'pés & cia', 'Pés e Mãos')).toEqual({
      code: 0,
      stdout: 'pés & cia is called Pés e Mãos now.\n',
      stderr: '',
    });
    const taken = await run(source, 'rename', 'Pés e Mãos', 'OUTRA');
    expect(taken).toMatchObject({ code: 1, stdout: '', stderr: 'There is a clinic named “OUTRA” already.\n' });
    const limited = await run(source, 'limit', 'Pés e Mãos', '--clients', '100', '--people', '5');
    expect(limited.stdout).toBe('Pés e Mãos: clients 0 of 100, people 1 of 5\n');
    const listed = await run(source, 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { name: 'Outra', maxClients: null, people: 1, suspendedAt: null },
      { name: 'Pés e Mãos', maxClients: 100, maxPeople: 5, clients: 0 },
    ]);
    const entered = await run(
      source,
      'enter',
      'Outra',
      '--as',
      'host@operador.example',
      '--reason',
      'Chamado 12',
      '--hours',
      '73',
    );
    expect(entered).toMatchObject({ code: 1, stderr: '--hours takes a whole number from 1 to 72.\n' });
    const open = await run(
      source,
      'enter',
      'Outra',
      '--as',
      'host@operador.example',
      '--reason',
      'Chamado 12',
      '--hours',
      '2',
    );
    expect(open.stdout).toMatch(/^host@operador\.example can act in Outra until \S+Z\. Its administrators see it\.\n$/);
    expect((await run(source, 'leave', '--as', 'host@operador.example')).stdout).toBe(
      'host@operador.example has left.\n',
    );
    expect((await run(source, 'figures', 'Nenhuma')).stderr).toBe('There is no clinic “Nenhuma”.\n');
  });

  it('moves a clinic to another installation and deletes it here after the delay', async () => {
    const key = join(folder, 'passphrase');
    await writeFile(key, 'quatro palavras bem longas\n');
    const file = join(folder, 'pes.tar.gz.age');
    const early = await run(source, 'delete', 'Pés e Mãos', '--schedule');
    expect(early).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/is not suspended/) as string });
    expect((await run(source, 'suspend', 'Pés e Mãos')).code).toBe(0);
    const made = await run(source, 'export', 'Pés e Mãos', '-o', file, '--passphrase-file', key, '--json');
    expect(made.code).toBe(0);
    const exported = JSON.parse(made.stdout) as { contents: { name: string; rows: number; sha256: string }[] };
    expect(exported).toMatchObject({ encrypted: true, clinic: { name: 'Pés e Mãos' } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run(source, 'export', 'Pés e Mãos', '-o', file)).stderr).toMatch(/exists already/);

    const store = await startS3Store('clinics');
    onTestFinished(() => store.close());
    const stored = ['export', 'Pés e Mãos', '-o', 's3://clinics/pes/', '--verify', '--passphrase-file', key, '--json'];
    const kept = await runAcolhe(['clinics', ...stored], { ...env(source), ...store.env });
    expect({ code: kept.code, ...(JSON.parse(kept.stdout) as object) }).toMatchObject({
      code: 0,
      file: expect.stringMatching(/^s3:\/\/clinics\/pes\/clinic-\d{8}T\d{6}Z\.tar\.gz\.age$/) as string,
      verified: true,
    });
    const stolen = ['import', (JSON.parse(kept.stdout) as { file: string }).file];
    const wrong = await runAcolhe(['clinics', ...stolen], { ...env(target), ...store.env });
    expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/is encrypted/) as string });
    const imported = await run(target, 'import', file, '--passphrase-file', key, '--json');
    expect({ code: imported.code, contents: (JSON.parse(imported.stdout) as typeof exported).contents }).toEqual({
      code: 0,
      contents: exported.contents,
    });
    const names = await ask<{ name: string; suspended: boolean }>(
      target,
      'select name, suspended_at is not null as suspended from clinics',
    );
    expect(names).toEqual([{ name: 'Pés e Mãos', suspended: true }]);
    expect((await run(target, 'import', file, '--passphrase-file', key)).stderr).toMatch(/the clinic is here already/);
    expect((await run(target, 'resume', 'Pés e Mãos')).stdout).toBe(
      'Pés e Mãos is open again; its people sign in anew.\n',
    );

    expect((await run(source, 'delete', 'Pés e Mãos', '--schedule', '--days', '3')).stderr).toBe(
      '--days takes a whole number from 7 on.\n',
    );
    expect((await run(source, 'delete', 'Pés e Mãos', '--schedule')).stdout).toMatch(/can be deleted from \S+Z on/);
    const soon = await run(source, 'delete', 'Pés e Mãos', '--confirm', 'Pés e Mãos');
    expect(soon).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/can be deleted from .* on, not before/) as string,
    });
    await ask(source, `update clinics set deletion_due_at = now() where name = 'Pés e Mãos'`);
    const gone = await run(source, 'delete', 'Pés e Mãos', '--confirm', 'Pés e Mãos', '--json');
    expect({ code: gone.code, ...(JSON.parse(gone.stdout) as object) }).toMatchObject({
      code: 0,
      deleted: expect.arrayContaining([{ table: 'professionals', rows: 1 }]) as unknown,
    });
    expect(await ask(source, 'select name from clinics')).toEqual([{ name: 'Outra' }]);
    const log = await run(source, 'log');
    expect(log.stdout).toMatch(/clinic_suspended[^]*clinic_exported[^]*clinic_deletion_planned[^]*clinic_deleted/);
  });
});
