import { Command } from 'commander';
import { migrateCommand } from './commands/migrate.ts';
import { serveCommand } from './commands/serve.ts';
import { CommandFailure } from './failure.ts';

const program = new Command('acolhe')
  .description("The operator's commands of Acolhe. They read the same environment as the server.")
  .showHelpAfterError('Run it with --help for its options.')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .addCommand(serveCommand)
  .addCommand(migrateCommand);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await explain(error)}\n`);
  process.exitCode = 1;
}

async function explain(error: unknown): Promise<string> {
  if (error instanceof CommandFailure) return error.message;
  const { describeFailure } = await import('../server/describe-failure.ts');
  return describeFailure(error);
}
