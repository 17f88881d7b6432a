import { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { guessFirstName, toOperatorCaller, readEmail } from '../operator.ts';
import { printLine, printJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

interface Options {
  readonly name: string;
  readonly adminEmail: string;
  readonly adminFirstName?: string;
  readonly adminLastName?: string;
  readonly json?: true;
}

/** `acolhe create-clinic`, and the same as `acolhe clinics create`. */
export const createClinicCommand = (called: string): Command =>
  new Command(called)
    .description('open a clinic with its first administrator, who can sign in at once')
    .requiredOption('--name <name>', 'name of the clinic')
    .requiredOption('--admin-email <email>', 'sign-in address of the administrator')
    .option('--admin-first-name <name>', 'made from the address when left out')
    .option('--admin-last-name <name>')
    .option('--json', 'the result as JSON')
    .action(async (options: Options) => {
      const email = await readEmail(options.adminEmail);
      const name = options.name.trim();
      if (name === '') throw new CommandFailure('A clinic needs a name.');
      const { createClinic } = await import('../../server/features/clinics/api.ts');
      const made = await withDatabase((db, { timeZone }) => {
        const firstName = options.adminFirstName ?? guessFirstName(email);
        const administrator = { email, firstName, lastName: options.adminLastName ?? null };
        return createClinic(db, { name, timeZone, administrator }, toOperatorCaller('create-clinic'));
      });
      if (options.json === true) printJson({ ...made, name, email });
      else printLine(`${name} is open; ${email} can sign in as its administrator.`);
    });
