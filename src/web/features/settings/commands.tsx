import { msg } from '@lingui/core/macro';
import { IconDeviceDesktop, IconKeyboard, IconLanguage, IconMoon, IconSettings, IconSun } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';
import { openKeyboardHelp } from '../../lib/keyboard-help.ts';

const aboutTheme = msg`aparência cor noite dia`;
const aboutLanguage = msg`idioma língua`;

export const commands: readonly CommandEntry[] = [
  {
    id: 'keyboard',
    group: 'actions',
    label: msg`Atalhos do teclado`,
    also: msg`ajuda teclas`,
    icon: <IconKeyboard aria-hidden="true" />,
    run: openKeyboardHelp,
  },
  {
    id: 'light',
    group: 'actions',
    label: msg`Tema claro`,
    also: aboutTheme,
    icon: <IconSun aria-hidden="true" />,
    run: ({ saveSettings }) => {
      saveSettings({ theme: 'light' });
    },
  },
  {
    id: 'dark',
    group: 'actions',
    label: msg`Tema escuro`,
    also: aboutTheme,
    icon: <IconMoon aria-hidden="true" />,
    run: ({ saveSettings }) => {
      saveSettings({ theme: 'dark' });
    },
  },
  {
    id: 'system',
    group: 'actions',
    label: msg`Tema do aparelho`,
    also: aboutTheme,
    icon: <IconDeviceDesktop aria-hidden="true" />,
    run: ({ saveSettings }) => {
      saveSettings({ theme: 'system' });
    },
  },
  {
    id: 'english',
    group: 'actions',
    label: 'English',
    also: aboutLanguage,
    icon: <IconLanguage aria-hidden="true" />,
    languages: ['pt-BR'],
    run: ({ saveSettings }) => {
      saveSettings({ language: 'en' });
    },
  },
  {
    id: 'portuguese',
    group: 'actions',
    label: 'Português',
    also: aboutLanguage,
    icon: <IconLanguage aria-hidden="true" />,
    languages: ['en'],
    run: ({ saveSettings }) => {
      saveSettings({ language: 'pt-BR' });
    },
  },
  {
    id: 'settings',
    group: 'pages',
    label: msg`Configurações`,
    also: msg`preferências tema idioma`,
    icon: <IconSettings aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/configuracoes' }),
  },
];
