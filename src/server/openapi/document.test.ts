import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Config } from '../config.ts';
import { createOpenApiDocument } from './document.ts';

it('docs/openapi.json is the document of this release (vitest --update writes it anew)', async () => {
  const document = createOpenApiDocument({
    release: { version: '0.0.0', commit: '' },
    https: { sessionCookieSecure: true },
  } as Config);
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
    resolve(import.meta.dirname, '../../../docs/openapi.json'),
  );
});
