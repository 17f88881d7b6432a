import { Command } from 'commander';
import { CommandFailure } from '../../failure.ts';
import { toOperatorCaller } from '../../operator.ts';
import { formatCount, printJson, printLine, printNote } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

interface Options {
  readonly schedule?: true;
  readonly days?: string;
  readonly takeBack?: true;
  readonly confirm?: string;
  readonly json?: true;
}

export const deleteCommand = new Command('delete')
  .description('delete a clinic for good, after its export and a delay')
  .argument('<clinic>', 'name of the clinic')
  .option('--schedule', 'plan it; the clinic has to be suspended, and exported since')
  .option('--days <n>', 'with --schedule: how long it can be taken back, from 7 days on (default: 30)')
  .option('--take-back', 'do not delete it after all; it stays suspended')
  .option('--confirm <name>', 'delete it now that its time has come; takes the clinic’s name letter by letter')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nIn this order: suspend, export, delete --schedule, and after the delay delete --confirm. No row of the clinic is left in' +
      '\nany table; `acolhe clinics log` keeps one line. Backups made before still hold the clinic until they are removed.',
  )
  .action(async (name: string, options: Options) => {
    const chosen = [options.schedule, options.takeBack, options.confirm].filter((choice) => choice !== undefined);
    if (chosen.length !== 1) throw new CommandFailure('Choose one of --schedule, --take-back and --confirm.');
    if (options.days !== undefined && options.schedule === undefined)
      throw new CommandFailure('--days goes with --schedule.');
    const caller = toOperatorCaller('clinics delete');
    const desk = await import('../../../server/features/clinics/api.ts');
    if (options.takeBack === true) {
      await withDatabase((db) => desk.takeBackDeletion(db, name, caller));
      printLine(`${name} stays, suspended.`);
    } else if (options.confirm !== undefined) {
      const { confirm } = options;
      printNote('deleting; a large clinic takes minutes');
      const done = await withDatabase((db) => desk.deleteClinic(db, name, confirm, caller));
      if (options.json === true) printJson(done);
      else {
        for (const { table, rows } of done.deleted) printLine(`${table.padEnd(24)}${String(rows).padStart(10)}`);
        printNote(`${name} is gone: ${formatCount(done.deleted.length, 'table')} had rows of it`);
      }
    } else {
      const days =
        options.days === undefined ? desk.deletionDelay.usual : parseDays(options.days, desk.deletionDelay.least);
      const dueAt = await withDatabase((db) => desk.planDeletion(db, name, days, caller));
      printLine(
        `${name} can be deleted from ${dueAt.toISOString()} on: acolhe clinics delete … --confirm … does it then.`,
      );
    }
  });

function parseDays(text: string, least: number): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < least) throw new CommandFailure(`--days takes a whole number from ${String(least)} on.`);
  return days;
}
