import { Command } from 'commander';
import { printLine, printJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

export const seedDemoCommand = new Command('seed-demo')
  .description('fill a database that holds no clinic with the demo clinic; leave any other as it is')
  .option('--json', 'the result as JSON')
  .action(async (options: { readonly json?: true }) => {
    const { listDemoPeople, seedDemoClinic } = await import('../../server/features/demo/api.ts');
    const { filled, people } = await withDatabase(async (db) => ({
      filled: await seedDemoClinic(db),
      people: await listDemoPeople(db),
    }));
    const emails = people.map(({ email }) => email);
    if (options.json === true) printJson({ filled, emails });
    else
      printLine(
        filled ? `The demo clinic is there: ${emails.join(', ')}` : 'There is a clinic already: nothing was done.',
      );
  });
