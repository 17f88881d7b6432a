import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { renderReference } from './reference.ts';
import { variables } from './variables.ts';

const file = resolve(import.meta.dirname, '../../../docs/configuration.md');

it('is what docs/configuration.md says (vitest --update writes it anew)', async () => {
  const style = await resolveConfig(file);
  const text = await format(renderReference(), { ...style, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(file);
});

it('tells every variable and every other name', () => {
  const reference = renderReference();
  for (const [name, variable] of Object.entries(variables)) {
    const aliases = 'aliases' in variable ? variable.aliases : [];
    for (const known of [name, ...aliases]) expect(reference).toContain(`\`${known}\``);
  }
});
