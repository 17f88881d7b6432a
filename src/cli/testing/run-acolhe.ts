import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { processEnvironment, programs } from '../../../tests/support/program.ts';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `acolhe` as a process, as an operator does. Its environment is `env` and what finds programs. */
export const startAcolhe = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess =>
  spawn(process.execPath, [programs.cli, ...args], {
    env: { ...processEnvironment, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });

/** Runs a command until it exits. */
export async function runAcolhe(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const child = startAcolhe(args, env);
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('no output to read');
  const [out, err, exit] = await Promise.all([text(stdout), text(stderr), once(child, 'exit')]);
  return { code: exit[0] as number | null, stdout: out, stderr: err };
}
