import { explainClinicError, isClinicError } from './clinic-errors.ts';
import { findSystemLanguage } from '../server/terminal-language.ts';
import { CommandFailure } from './failure.ts';
import { speakPortuguese } from './portuguese-help.ts';
import { program } from './program.ts';

if (findSystemLanguage(process.env) === 'pt') speakPortuguese(program);

/** Errors whose message is written for the operator. By name, so that their modules need not be loaded. */
const ownErrors = new Set(['BackupError', 'RemoteProblem', 'WrongNumberOfProcesses']);

// The reader closed the pipe, as `| head` does. That is no error, but not everything was written: exit as for SIGPIPE.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await explain(error)}\n`);
  process.exitCode = 1;
}

async function explain(error: unknown): Promise<string> {
  if (error instanceof CommandFailure || (error instanceof Error && ownErrors.has(error.name))) return error.message;
  if (isClinicError(error)) return explainClinicError(error);
  const { describeFailure } = await import('../server/describe-failure.ts');
  return describeFailure(error);
}
