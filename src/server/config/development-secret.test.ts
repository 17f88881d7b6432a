import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { loadOrCreateDevelopmentSecret } from './development-secret.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acolhe secret '));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

it('is one and the same for processes that start at once', async () => {
  const folder = temporaryFolder();
  const module = join(import.meta.dirname, 'development-secret.ts');
  const script = `import { loadOrCreateDevelopmentSecret as load } from ${JSON.stringify(module)};
    process.stdout.write(load(${JSON.stringify(folder)}));`;
  const run = promisify(execFile);
  const start = () => run(process.execPath, ['--input-type=module', '--eval', script]);
  const secrets = (await Promise.all([start(), start(), start(), start()])).map(({ stdout }) => stdout);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(secrets).size).toBe(1);
  expect(readdirSync(folder)).toEqual(['secret-key']);
});

it('does not take a file that holds no key, and says which', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'secret-key'), 'cut off');
  expect(() => loadOrCreateDevelopmentSecret(folder)).toThrow(/secret-key holds no key; remove it/);
});
