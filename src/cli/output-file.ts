import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandFailure } from './failure.ts';

/** Checks before the work that the file of an option can be written after it. Throws CommandFailure. */
export async function assertWritable(option: string, file: string): Promise<void> {
  await assertFolder(option, file);
  try {
    await access(dirname(file), constants.W_OK);
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error('it is a folder');
    if (found !== undefined) await access(file, constants.W_OK);
  } catch (error) {
    throw new CommandFailure(`${option} ${file} cannot be written: ${(error as Error).message}`);
  }
}

/** Throws CommandFailure when there is no folder for a file, or no such folder (`backups/`). None is made: its name may be mistyped, or its disk not mounted. */
export async function assertFolder(option: string, file: string): Promise<void> {
  const folder = file.endsWith('/') ? resolve(file) : dirname(resolve(file));
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new CommandFailure(`${option} ${file} cannot be written: there is no folder ${folder}`);
}
