import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with its output on stderr. Resolves with its exit code, or the signal that ended it. When this process gets a
 * signal to stop, it passes the signal on and rejects once the program has ended, so that callers can remove locks and
 * temporary files.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number | string>}
 */
export function runChild(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 2], ...options });
    let stopped;
    const stop = (signal) => {
      stopped = signal;
      child.kill(signal);
    };
    const forget = () => {
      for (const signal of signals) process.off(signal, stop);
    };
    for (const signal of signals) process.on(signal, stop);
    child.once('error', (error) => {
      forget();
      reject(new Error(`${program} doesn't start: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      forget();
      if (stopped) reject(Object.assign(new Error('Stopped.'), { exitCode: 128 + constants.signals[stopped] }));
      else resolve(signal ?? code);
    });
  });
}
