import { Command } from 'commander';
import { guessFirstName, toOperatorCaller, readEmail } from '../operator.ts';
import { printLine, printJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

interface Options {
  readonly email: string;
  readonly clinic?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly json?: true;
}

export const createSuperuserCommand = new Command('create-superuser')
  .description('make an account for somebody of the host in a clinic; it acts there only after `acolhe clinics enter`')
  .requiredOption('--email <email>', 'sign-in address')
  .option('--clinic <name>', 'which clinic; not needed when there is one')
  .option('--first-name <name>', 'made from the address when left out')
  .option('--last-name <name>')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const email = await readEmail(options.email);
    const { createSuperuser } = await import('../../server/features/clinics/api.ts');
    const person = { email, firstName: options.firstName ?? guessFirstName(email), lastName: options.lastName ?? null };
    const made = await withDatabase((db) =>
      createSuperuser(db, person, options.clinic, toOperatorCaller('create-superuser')),
    );
    if (options.json === true) printJson({ ...made, email });
    else
      printLine(
        `${email} has an account in ${made.clinicName}; \`acolhe clinics enter\` lets it act there for some hours.`,
      );
  });
