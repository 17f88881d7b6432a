import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

export interface Outcome {
  code: number | null;
  output: string;
}

export interface RunOptions {
  account: Account | undefined;
  cwd: string;
  input?: string;
}

/** Windows needs its own variables to start anything; elsewhere a bare environment keeps PG* and LC_* out. */
const environment = process.platform === 'win32' ? process.env : { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC' };

/** Runs one of PostgreSQL's programs to its end. Resolves with its exit code and what it printed; never rejects. */
export function run(program: string, args: string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: environment,
      // Its own process group: Ctrl-C in the terminal must reach Acolhe only, which then stops PostgreSQL last.
      detached: process.platform !== 'win32',
      windowsHide: true,
      // Signed, because spawn() takes 32-bit integers and macOS's nobody is 4294967294.
      ...(options.account && { uid: options.account.uid | 0, gid: options.account.gid | 0 }),
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('error', (error) => {
      resolve({ code: null, output: output + error.message });
    });
    // 'exit' and not 'close': pg_ctl's child, the server, inherits the pipes and keeps them open.
    child.once('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output });
      });
    });
  });
}

/** Like run(), but rejects with the program's own words when it fails. */
export async function runOrThrow(program: string, args: string[], options: RunOptions): Promise<string> {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} failed (${String(code)}):\n${output.trim()}`);
  return output;
}
