import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const check = (...what: string[]): string =>
  execFileSync(process.execPath, ['node_modules/@lingui/cli/dist/lingui.js', 'check', ...what], {
    cwd: root,
    encoding: 'utf8',
  });

describe('the catalogues', () => {
  it('have every text of the pages (else: npx lingui extract --clean)', { timeout: 60_000 }, () => {
    expect(() => check('sync', '--clean')).not.toThrow();
  });

  it('are complete in English', { timeout: 60_000 }, () => {
    expect(() => check('missing')).not.toThrow();
  });
});
