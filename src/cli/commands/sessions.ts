import { Command } from 'commander';
import { printLine, printJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

const purge = new Command('purge')
  .description('delete what nobody can use any more; run it daily')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nSessions over for 90 days, codes for 7 days, idempotency keys after 24 hours, sign-in guards idle for 30 days,' +
      '\nrate limits and passkey challenges that have run out. The audit trail keeps what it says of them.',
  )
  .action(async (options: { readonly json?: true }) => {
    const [{ purge: deleteOutlived }, { contributions }] = await Promise.all([
      import('../../server/features/housekeeping/api.ts'),
      import('../../server/features.ts'),
    ]);
    const removed = await withDatabase((db) => deleteOutlived(db, contributions.purges));
    if (options.json === true) printJson(removed);
    else for (const [kind, count] of Object.entries(removed)) printLine(`${String(count).padStart(8)}  ${kind}`);
  });

export const sessionsCommand = new Command('sessions').description('device sessions and sign-in').addCommand(purge);
