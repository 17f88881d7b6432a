import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's own Python is tried first: it has Debian's packages, but another Python may come first in PATH. */
const python = ['/usr/bin/python3', 'python3'].find(
  (name) => spawnSync(name, ['-c', 'import rest_framework, rest_framework_simplejwt']).status === 0,
);
export const hasDjango = python !== undefined;

interface DjangoOrder {
  readonly clients: readonly Readonly<Record<string, unknown>>[];
  /** 0 for bare lists without pages. */
  readonly pageSize: number;
  /** The path of its API: `register/`, or empty. */
  readonly root: string;
  /** Whether there is `clients/` with all fields besides `clients-basic/`. */
  readonly full: boolean;
  /** Whether signing in needs a device id. */
  readonly devices: boolean;
}

export interface DjangoServer {
  readonly address: string;
  /** The newest code that it would have mailed. */
  readonly code: () => string | undefined;
  stop(): Promise<void>;
}

/** Starts a real Django REST server on a free loopback port, with the API of the earlier system. */
export async function startDjango({ pageSize, ...order }: DjangoOrder): Promise<DjangoServer> {
  if (python === undefined) throw new Error('python3-django, -djangorestframework, -djangorestframework-simplejwt');
  const child = spawn(python, [join(import.meta.dirname, 'server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  child.stdin.write(`${JSON.stringify({ ...order, page_size: pageSize })}\n`);
  const lines = createInterface({ input: child.stdout });
  let code: string | undefined;
  const port = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [word, first = '', second] = line.split(' ');
      if (word === 'port') resolve(first);
      if (word === 'code') code = second;
    });
    lines.on('close', () => {
      reject(new Error('Django did not start'));
    });
  });
  return {
    address: `http://127.0.0.1:${port}`,
    code: () => code,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
