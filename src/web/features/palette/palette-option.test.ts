import { describe, expect, it } from 'vitest';
import { orderOptions, type Command, findCommands, type PaletteOption } from './palette-option.ts';

const option = (id: string, group: PaletteOption['group'], label: string): PaletteOption => ({
  id,
  group,
  label,
  icon: null,
  run: () => undefined,
});
const commands: Command[] = [
  { ...option('settings', 'pages', 'Configurações'), also: 'preferências' },
  option('new', 'actions', 'Novo cliente'),
  { ...option('dark', 'actions', 'Tema escuro'), also: 'aparência noite' },
];
const ids = (options: readonly PaletteOption[]) => options.map(({ id }) => id);

describe('commands', () => {
  it.each([
    ['', ['settings', 'new', 'dark']],
    ['  ', ['settings', 'new', 'dark']],
    ['configuracoes', ['settings']],
    ['PREF', ['settings']],
    ['cli', ['new']],
    ['escuro tema', ['dark']],
    ['scuro', []],
    ['?!', []],
  ])('“%s” finds %j', (text, found) => {
    expect(ids(findCommands(commands, text))).toEqual(found);
  });
});

describe('the order', () => {
  const clients = [option('confucio', 'clients', 'Confúcio')];

  it('has clients first, for they are what is mostly sought', () => {
    expect(ids(orderOptions(commands, clients, 'co'))).toEqual(['confucio', 'settings']);
    expect(ids(orderOptions(commands, clients, 'noite'))).toEqual(['confucio', 'dark']);
  });

  it('has a command first whose name is being typed', () => {
    expect(ids(orderOptions(commands, clients, 'conf'))).toEqual(['settings', 'confucio']);
  });

  it('has actions before pages', () => {
    expect(ids(orderOptions(commands, [], ''))).toEqual(['new', 'dark', 'settings']);
  });
});
