import { Command } from 'commander';
import { CommandFailure } from '../../failure.ts';
import { toOperatorCaller } from '../../operator.ts';
import { printLine } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

export const renameCommand = new Command('rename')
  .description('give a clinic another name')
  .argument('<clinic>', 'name of the clinic')
  .argument('<new-name>', 'what it is called from now on')
  .action(async (name: string, given: string) => {
    const newName = given.trim();
    if (newName === '' || newName.length > 200) throw new CommandFailure('A clinic’s name has 1 to 200 characters.');
    const { renameClinic } = await import('../../../server/features/clinics/api.ts');
    await withDatabase((db) => renameClinic(db, name, newName, toOperatorCaller('clinics rename')));
    printLine(`${name} is called ${newName} now.`);
  });

export const suspendCommand = new Command('suspend')
  .description('end all sessions of a clinic and let nobody in; its data stays as it is')
  .argument('<clinic>', 'name of the clinic')
  .addHelpText(
    'after',
    '\nNobody signs in, reminders and calendars stop, series are not planned further. `acolhe clinics resume` takes it back.',
  )
  .action(async (name: string) => {
    const { suspendClinic } = await import('../../../server/features/clinics/api.ts');
    await withDatabase((db) => suspendClinic(db, name, toOperatorCaller('clinics suspend')));
    printLine(`${name} is suspended: nobody signs in, nothing is sent, its data stays as it is.`);
  });

export const resumeCommand = new Command('resume')
  .description('let the people of a suspended clinic in again')
  .argument('<clinic>', 'name of the clinic')
  .action(async (name: string) => {
    const { resumeClinic } = await import('../../../server/features/clinics/api.ts');
    await withDatabase((db) => resumeClinic(db, name, toOperatorCaller('clinics resume')));
    printLine(`${name} is open again; its people sign in anew.`);
  });
