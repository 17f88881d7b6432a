import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { helpTexts } from './help-texts.pt-BR.ts';
import { program } from './program.ts';
import { runAcolhe } from './testing/run-acolhe.ts';

/** Every description of a command and of those below it. */
const listDescriptions = (command: Command): string[] => [
  command.description(),
  ...command.options.map(({ description }) => description),
  ...command.registeredArguments.map(({ description }) => description),
  ...command.commands.flatMap(listDescriptions),
];

it('has a Portuguese text for every description', () => {
  const missing = listDescriptions(program).filter((text) => text !== '' && helpTexts[text] === undefined);
  expect(missing).toEqual([]);
});

it('speaks Portuguese where the system does, and English elsewhere', async () => {
  const [portuguese, english, version] = await Promise.all([
    runAcolhe(['backup', '--help'], { LANG: 'pt_BR.UTF-8' }),
    runAcolhe(['backup', '--help'], { LANG: 'C.UTF-8' }),
    runAcolhe(['--version'], {}),
  ]);
  expect(portuguese.stdout).toContain('Uso: acolhe backup [opções]');
  expect(portuguese.stdout).toContain('o resultado em JSON');
  expect(portuguese.stdout).toContain('Guarde junto a SECRET_KEY');
  expect(portuguese.stdout).not.toMatch(/\b(?:the|with|display|default)\b/);
  expect(english.stdout).toContain('Usage: acolhe backup [options]');
  expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
}, 90_000);
