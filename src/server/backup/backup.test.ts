import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { startTestServer } from '../../../tests/support/server.ts';
import { readMigrationStatus } from '../db/migrate.ts';
import { BackupError } from './backup-error.ts';
import { restoreBackup } from './restore-backup.ts';
import { verifyArchive } from './service.ts';
import { countTables, log, openBackupClinic, query } from './testing/backup-clinic.ts';

const { archiveFile, backUp, emptyDatabase, opened } = openBackupClinic();

describe('a backup and its restore', () => {
  it('gives equal counts and hashes in an empty database, which then serves', async () => {
    const file = archiveFile();
    const made = await backUp(file);
    const target = await emptyDatabase();
    const restored = await restoreBackup({ url: target.url, file, key: undefined, log });
    expect(restored.contents).toEqual(made.contents);
    expect(restored.contents.find(({ name }) => name === 'clients')?.rows).toBe(3);
    const [client] = await query<{ notes: string; search_text: string }>(
      target.url,
      `select notes, search_text from clients where first_name = 'Inês'`,
    );
    expect(client).toEqual({
      notes: 'uma\nnota \\ com\ttudo',
      search_text: expect.stringContaining(' ines ') as string,
    });
    expect((await readMigrationStatus(target.url)).pending).toEqual([]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const revived = await startTestServer({ DATABASE_URL: target.url });
    try {
      const again = await revived.signIn('ana@backup.example');
      const { body } = await again.api('GET /clients', { query: { q: 'ines' } });
      expect(body.items.map(({ firstName }) => firstName)).toEqual(['Inês']);
    } finally {
      await revived.stop();
    }
  });

  it('ends every session and forgets every code', async () => {
    await opened().server.fetchCode('bruno@backup.example');
    const file = archiveFile();
    await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    const sessions = await query<{ id: string; end_reason: string | null }>(
      target.url,
      'select id, end_reason from device_sessions where ended_at is null or end_reason = $$restored$$',
    );
    expect(sessions).toEqual([{ id: opened().ana.sessionId, end_reason: 'restored' }]);
    expect(await query(opened().server.database.url, 'select 1 from access_codes where used_at is null')).not.toEqual(
      [],
    );
    expect(await query(target.url, 'select 1 from access_codes')).toEqual([]);
    // The database that was backed up is unchanged.
    expect((await opened().ana.api('GET /me')).body.email).toBe('ana@backup.example');
  });

  it('leaves passkeys and those who have left without access, in the trail too, unless told otherwise', async () => {
    const [{ clinic }] = (await query<{ clinic: string }>(
      opened().server.database.url,
      `insert into passkeys (clinic_id, professional_id, credential_id, public_key, rp_id, name, counter, backed_up)
       select clinic_id, id, 'credential-of-ana', '\\x00', 'localhost', 'Celular', 0, false from professionals where email like 'ana@%'
       returning clinic_id as clinic`,
    )) as [{ clinic: string }];
    const file = archiveFile();
    await backUp(file);
    const [bare, kept] = [await emptyDatabase(), await emptyDatabase()];
    const { authority } = await restoreBackup({
      url: bare.url,
      file,
      key: undefined,
      log,
      deactivate: ['carla@backup.example'],
    });
    expect(authority).toMatchObject({ passkeys: 'removed', deactivated: ['carla@backup.example'] });
    expect(authority.people.map(({ email, passkeys }) => [email, passkeys])).toEqual([
      ['ana@backup.example', 1],
      ['bruno@backup.example', 0],
    ]);
    expect(await query(bare.url, 'select 1 from passkeys')).toEqual([]);
    expect(
      await query(
        bare.url,
        `select clinic_id, action from audit_events where request_id = 'acolhe restore' order by action`,
      ),
    ).toEqual([
      { clinic_id: clinic, action: 'backup_restored' },
      { clinic_id: clinic, action: 'passkey_removed' },
      { clinic_id: clinic, action: 'professional_deactivated' },
    ]);
    await restoreBackup({ url: kept.url, file, key: undefined, log, keepPasskeys: true });
    expect(await query(kept.url, 'select credential_id from passkeys')).toEqual([
      { credential_id: 'credential-of-ana' },
    ]);
    await query(opened().server.database.url, 'delete from passkeys');
  });

  it('tells imports that were under way that nobody works on them any more', async () => {
    await query(
      opened().server.database.url,
      `insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, status)
       select clinic_id, id, id, 'web', false, 'skip', 'running' from professionals where email like 'ana@%'`,
    );
    const file = archiveFile();
    await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    expect(await query(target.url, 'select status from imports')).toEqual([{ status: 'interrupted' }]);
  });

  it('keeps the audit trail and its chain, append-only as before, and adds itself to it', async () => {
    const file = archiveFile();
    const { id } = await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    const event = (action: string) =>
      `select record_type, record_id, actor_id from audit_events where action = '${action}' and record_id = '${id}'`;
    const expected = [{ record_type: 'backup', record_id: id, actor_id: null }];
    expect(await query(opened().server.database.url, event('backup_made'))).toEqual(expected);
    expect(await query(target.url, event('backup_restored'))).toEqual(expected);
    const broken = await query(
      target.url,
      `select 1 from audit_seals s where hash <> sha256(previous_hash || app.audit_event_bytes(clinic_id, event_id))`,
    );
    expect(broken).toEqual([]);
    await expect(query(target.url, 'delete from audit_events')).rejects.toThrow('append-only');
  });

  it('is of one moment, while rows are written', async () => {
    const done = new AbortController();
    const writer = (async () => {
      for (let n = 0; !done.signal.aborted; n++) {
        // Each request writes a client and its version, which have to be in the archive together.
        await opened().ana.api('POST /clients', {
          body: { firstName: `Durante ${String(n)}`, professionalId: opened().ana.professionalId },
        });
      }
    })();
    const files = [archiveFile(), archiveFile()];
    try {
      for (const file of files) await backUp(file);
    } finally {
      done.abort();
      await writer;
    }
    for (const file of files) {
      const { contents } = await verifyArchive({ url: opened().server.database.url, file, key: undefined, log });
      const rows = (table: string) => contents.find(({ name }) => name === table)?.rows;
      expect(rows('client_versions')).toBe(rows('clients'));
    }
  });

  it('holds every table and every column that is not generated, and the schema has no sequences to carry', async () => {
    const { tables } = await backUp(archiveFile());
    const columns = await query<{ name: string }>(
      opened().server.database.url,
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
         and c.table_name not in ('access_codes', 'schema_migrations')
         and not exists (select from pg_class r where r.oid = c.table_name::regclass and r.relpersistence = 'u')`,
    );
    const held = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column}`));
    expect(held.sort()).toEqual(columns.map(({ name }) => name).sort());
    expect(await query(opened().server.database.url, `select 1 from pg_sequences where schemaname = 'public'`)).toEqual(
      [],
    );
  });
});

describe('an encrypted archive', () => {
  it('opens with its passphrase and nothing else', { timeout: 60_000 }, async () => {
    const file = `${archiveFile()}.age`;
    const made = await backUp(file, { encryptTo: { passphrase: 'quatro palavras bem longas' } });
    expect((await readFile(file)).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    const target = await emptyDatabase();
    const restore = (key: Parameters<typeof restoreBackup>[0]['key']) =>
      restoreBackup({ url: target.url, file, key, log });
    await expect(restore(undefined)).rejects.toThrow(/is encrypted/);
    await expect(restore({ passphrase: 'outra' })).rejects.toThrow(/cannot be opened/);
    const bad = await readFile(file);
    bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
    const badFile = `${archiveFile()}.age`;
    await writeFile(badFile, bad);
    await expect(
      restoreBackup({ url: target.url, file: badFile, key: { passphrase: 'quatro palavras bem longas' }, log }),
    ).rejects.toThrow(BackupError);
    expect(await countTables(target.url)).toBe(0);
    expect((await restore({ passphrase: 'quatro palavras bem longas' })).contents).toEqual(made.contents);
  });

  it('opens with the key of a recipient', async () => {
    const identity = await generateX25519Identity();
    const file = `${archiveFile()}.age`;
    await backUp(file, {
      encryptTo: { recipients: [await identityToRecipient(identity)] },
      verifyWith: { key: { identities: [identity] } },
    });
    const other = { identities: [await generateX25519Identity()] };
    await expect(verifyArchive({ url: opened().server.database.url, file, key: other, log })).rejects.toThrow(
      /cannot be opened/,
    );
    await expect(backUp(archiveFile(), { encryptTo: { recipients: ['age1nonsense'] } })).rejects.toThrow(
      /age public key/,
    );
  });
});

it('leaves no half archive behind, and no scratch database', async () => {
  const file = archiveFile();
  await expect(backUp(file, { url: `${opened().server.database.url}_missing` })).rejects.toThrow();
  const before = await readdir(opened().folder);
  expect(before.filter((name) => name.endsWith('.partial'))).toEqual([]);
  const scratch = await query(
    opened().server.database.url,
    `select from pg_database scratch join pg_database own on own.datname = current_database()
      where starts_with(scratch.datname, 'acolhe_scratch_' || own.oid || '_')`,
  );
  expect(scratch).toEqual([]);
});
