import { Command } from 'commander';
import { CommandFailure } from '../../failure.ts';
import { guessFirstName, readEmail, toOperatorCaller } from '../../operator.ts';
import { printJson, printLine } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

interface Options {
  readonly as: string;
  readonly reason: string;
  readonly hours?: string;
  readonly json?: true;
}

export const enterCommand = new Command('enter')
  .description('let a superuser of the host act in a clinic for some hours; its administrators see when and why')
  .argument('<clinic>', 'name of the clinic')
  .requiredOption('--as <email>', 'sign-in address of the superuser; an account is made when there is none')
  .requiredOption('--reason <text>', 'why, in words that the clinic’s administrators read')
  .option('--hours <n>', 'how long, from 1 to 72 (default: 4)')
  .option('--json', 'the result as JSON')
  .addHelpText(
    'after',
    '\nA superuser acts in one clinic at a time: what was open in another one ends. It ends by itself, or by `acolhe clinics leave`,' +
      '\nor when an administrator of the clinic ends it.',
  )
  .action(async (clinicName: string, options: Options) => {
    const email = await readEmail(options.as);
    const reason = options.reason.trim();
    if (reason.length < 5 || reason.length > 500)
      throw new CommandFailure('--reason takes 5 to 500 characters: the administrators of the clinic read it.');
    const { entryHours, openHostEntry } = await import('../../../server/features/clinics/api.ts');
    const hours = options.hours === undefined ? entryHours.usual : parseHours(options.hours, entryHours.most);
    const person = { email, firstName: guessFirstName(email), lastName: null };
    const entry = await withDatabase((db) =>
      openHostEntry(db, { clinicName, person, reason, hours }, toOperatorCaller('clinics enter')),
    );
    if (options.json === true) printJson(entry);
    else printLine(`${email} can act in ${entry.clinicName} until ${entry.endsAt}. Its administrators see it.`);
  });

export const leaveCommand = new Command('leave')
  .description('end what a superuser may do in a clinic now')
  .requiredOption('--as <email>', 'sign-in address')
  .action(async (options: Pick<Options, 'as'>) => {
    const email = await readEmail(options.as);
    const { closeHostEntries } = await import('../../../server/features/clinics/api.ts');
    const ended = await withDatabase((db) => closeHostEntries(db, email, toOperatorCaller('clinics leave')));
    printLine(ended === 0 ? `Nothing was open for ${email}.` : `${email} has left.`);
  });

function parseHours(text: string, most: number): number {
  const hours = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (hours < 1 || hours > most) throw new CommandFailure(`--hours takes a whole number from 1 to ${String(most)}.`);
  return hours;
}
