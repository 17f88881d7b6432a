import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { renderReference } from './reference.ts';
import { variables } from './variables.ts';

const docs = resolve(import.meta.dirname, '../../../docs');

describe.each([
  ['configuration.md', 'en'],
  ['configuration.pt-BR.md', 'pt'],
] as const)('docs/%s', (name, language) => {
  it('says what the declarations say (vitest --update writes it anew)', async () => {
    const file = resolve(docs, name);
    const style = await resolveConfig(file);
    const text = await format(renderReference(language), { ...style, parser: 'markdown' });
    await expect(text).toMatchFileSnapshot(file);
  });

  it('tells every variable and every other name', () => {
    const reference = renderReference(language);
    for (const [known, variable] of Object.entries(variables)) {
      const aliases = 'aliases' in variable ? variable.aliases : [];
      for (const word of [known, ...aliases]) expect(reference).toContain(`\`${word}\``);
    }
  });
});

it('says the same in both languages: names, numbers and addresses', () => {
  const marks = (text: string): string[] => (text.match(/`[^`]+`|\b\d+\b/g) ?? []).sort();
  for (const [name, { means, kind, ...rest }] of Object.entries(variables))
    for (const { en, pt } of [means, kind.takes, ...('unset' in rest ? [rest.unset] : [])])
      expect({ name, marks: marks(pt) }).toEqual({ name, marks: marks(en) });
});
