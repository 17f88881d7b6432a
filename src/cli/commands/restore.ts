import { Command } from 'commander';
import type { ArchiveSummary } from '../../server/backup/manifest.ts';
import type { RevivedAuthority } from '../../server/backup/revived-authority.ts';
import { printAnonymizedAgain, withAnonymized } from '../anonymized.ts';
import { readDecryptionKey } from '../archive-keys.ts';
import { openArchive } from '../archive-place.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import { withDatabaseUrl } from '../with-database.ts';

interface Options {
  readonly verifyOnly?: true;
  readonly passphraseFile?: string;
  readonly identity?: string;
  readonly json?: true;
  readonly keepPasskeys?: true;
  readonly deactivate?: readonly string[];
}

export const restoreCommand = new Command('restore')
  .description('restore an archive of `acolhe backup` into the empty database of the environment: all of it or nothing')
  .argument('<file>', 'the archive, or s3://bucket/key')
  .option('--verify-only', 'restore into a scratch database that is thrown away, and touch nothing else')
  .option('--passphrase-file <file>', 'the passphrase that opens the archive')
  .option('--identity <file>', 'the age key file that opens the archive')
  .option('--keep-passkeys', 'let passkeys of the archive open accounts again; without it they are removed')
  .option('--deactivate <email...>', 'people who have left since the backup: they come back without access')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nEveryone has to sign in again afterwards: sessions are ended, sign-in codes and waiting mails are not in archives.' +
      '\nRoles, and who is active, are those of the day of the backup: the result lists who may sign in. Look through it' +
      '\nbefore the server starts.',
  )
  .action(async (file: string, options: Options) => {
    const key = await readDecryptionKey(options);
    const { restoreBackup, verifyArchive } = await import('../../server/backup/service.ts');
    const { keepPasskeys = false, deactivate = [] } = options;
    const verifies = options.verifyOnly === true;
    const summary = await withDatabaseUrl(async (url, config) => {
      const { file: archive, shelf } = await openArchive(file, config);
      const options = { url, file: archive, key, log: printNote, keepPasskeys, deactivate };
      return verifies
        ? verifyArchive(options)
        : withAnonymized(shelf, config, (anonymized) => restoreBackup({ ...options, anonymized }));
    });
    if (options.json === true) {
      printJson(summary);
      return;
    }
    printSummary(summary, verifies ? 'verified' : 'restored');
    if (verifies) return;
    printAuthority(summary.authority);
    printAnonymizedAgain(summary);
  });

/** Lists who may sign in now. Only the operator can know who has left or changed roles since the backup. */
function printAuthority({ asOf, people, deactivated, passkeys }: RevivedAuthority): void {
  printLine('');
  printLine(`May sign in, with the roles of ${asOf}:`);
  for (const { clinic, name, email, role, superuser, passkeys: held } of people)
    printLine(
      `  ${clinic}: ${name} <${email}>, ${role}${superuser ? ', superuser' : ''}${held === 0 ? '' : `, ${formatCount(held, 'passkey')} ${passkeys}`}`,
    );
  for (const email of deactivated) printLine(`  deactivated: ${email}`);
  const administrators = people.filter(({ role }) => role === 'administrator').length;
  printNote(
    `${formatCount(people.length, 'active person').replace('persons', 'people')}, ${formatCount(administrators, 'administrator')}: ` +
      'whoever was deactivated, or given a lesser role, after that moment has the old rights again. Deactivate them in the ' +
      'web app (Profissionais) at once, or restore into an empty database again with --deactivate.',
  );
  if (people.some(({ passkeys: held }) => held > 0))
    printNote(
      passkeys === 'removed'
        ? 'Passkeys were removed: people sign in by a code once, and add a new one.'
        : 'Passkeys were kept: those that were removed since the backup open accounts again.',
    );
}

function printSummary({ createdAt, release, contents, id }: ArchiveSummary, done: string): void {
  for (const { name, rows, sha256 } of contents) printLine(`${name.padEnd(24)}${String(rows).padStart(10)}  ${sha256}`);
  printNote(
    `${done}: archive ${id} of ${createdAt}, release ${release.version} (${release.commit}), ${formatCount(contents.length, 'table')} with equal counts and hashes`,
  );
}
