import type { Argument, Command, Option } from 'commander';
import { helpTexts } from './help-texts.pt-BR.ts';

const translate = (text: string): string => helpTexts[text] ?? text;

const translateUsage = (usage: string): string =>
  usage.replaceAll('[options]', '[opções]').replaceAll('[command]', '[comando]');

type Described = Pick<Option | Argument, 'description' | 'argChoices' | 'defaultValue'>;

/** A description with what commander adds to it. */
function describe(item: Described, variable?: string): string {
  const facts = [
    item.argChoices && `opções: ${item.argChoices.join(', ')}`,
    typeof item.defaultValue === 'string' && `padrão: ${item.defaultValue}`,
    variable !== undefined && `variável: ${variable}`,
  ].filter((fact) => typeof fact === 'string');
  return `${translate(item.description)}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`.trim();
}

/** Makes the help of a command, and of those below it, Portuguese. Messages about what was done stay English, as in logs. */
export function speakPortuguese(command: Command): void {
  command.configureHelp({
    ...command.configureHelp(),
    styleTitle: translate,
    styleUsage: translateUsage,
    styleSubcommandTerm: translateUsage,
    commandDescription: (each) => translate(each.description()),
    subcommandDescription: (each) => translate(each.description()),
    optionDescription: (option) => describe(option, option.envVar),
    argumentDescription: (argument) => describe(argument),
  });
  // Texts after the help come one by one, each with the end of its line.
  command.configureOutput({
    writeOut: (text) => process.stdout.write(`${translate(text.replace(/\n$/, ''))}${text.endsWith('\n') ? '\n' : ''}`),
  });
  command.commands.forEach(speakPortuguese);
}
