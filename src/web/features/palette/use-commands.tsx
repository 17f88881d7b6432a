import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  IconDeviceDesktop,
  IconDevices,
  IconFileImport,
  IconFingerprint,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconStethoscope,
  IconSun,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import { currentLanguage } from '../../lib/i18n.ts';
import { useMe } from '../../lib/me.ts';
import { useSaveSettings } from '../../lib/save-settings.ts';
import { useSignOut } from '../../lib/sign-out.ts';
import type { Command } from './palette-option.ts';

/** Everything that can be done from anywhere, by this person. */
export function useCommands(): Command[] {
  return [...useActions(), ...usePages()];
}

function useActions(): Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const save = useSaveSettings();
  const leave = useSignOut();
  const theme = t`aparência cor noite dia`;
  const other = currentLanguage() === 'en' ? 'pt-BR' : 'en';
  return [
    {
      id: 'new-client',
      group: 'actions',
      label: t`Novo cliente`,
      also: t`cadastrar incluir criar`,
      icon: <IconUserPlus aria-hidden="true" />,
      run: () => void navigate({ to: '/clientes/novo' }),
    },
    {
      id: 'light',
      group: 'actions',
      label: t`Tema claro`,
      also: theme,
      icon: <IconSun aria-hidden="true" />,
      run: () => {
        save({ theme: 'light' });
      },
    },
    {
      id: 'dark',
      group: 'actions',
      label: t`Tema escuro`,
      also: theme,
      icon: <IconMoon aria-hidden="true" />,
      run: () => {
        save({ theme: 'dark' });
      },
    },
    {
      id: 'system',
      group: 'actions',
      label: t`Tema do aparelho`,
      also: theme,
      icon: <IconDeviceDesktop aria-hidden="true" />,
      run: () => {
        save({ theme: 'system' });
      },
    },
    {
      id: 'language',
      group: 'actions',
      label: other === 'en' ? 'English' : 'Português',
      also: t`idioma língua`,
      icon: <IconLanguage aria-hidden="true" />,
      run: () => {
        save({ language: other });
      },
    },
    {
      id: 'sign-out',
      group: 'actions',
      label: t`Sair`,
      also: t`desconectar encerrar`,
      icon: <IconLogout aria-hidden="true" />,
      run: () => void leave(),
    },
  ];
}

function usePages(): Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { role } = useMe();
  const pages: (Command & { readonly isMine?: boolean })[] = [
    {
      id: 'clients',
      group: 'pages',
      label: t`Clientes`,
      also: t`lista início`,
      icon: <IconUsers aria-hidden="true" />,
      run: () => void navigate({ to: '/clientes' }),
    },
    {
      id: 'professionals',
      group: 'pages',
      label: t`Profissionais`,
      also: t`equipe convidar`,
      icon: <IconStethoscope aria-hidden="true" />,
      run: () => void navigate({ to: '/profissionais' }),
      isMine: role === 'administrator',
    },
    {
      id: 'imports',
      group: 'pages',
      label: t`Importar clientes`,
      also: t`planilha arquivo CSV`,
      icon: <IconFileImport aria-hidden="true" />,
      run: () => void navigate({ to: '/importar' }),
      isMine: role !== 'reception',
    },
    {
      id: 'settings',
      group: 'pages',
      label: t`Configurações`,
      also: t`preferências tema idioma`,
      icon: <IconSettings aria-hidden="true" />,
      run: () => void navigate({ to: '/configuracoes' }),
    },
    {
      id: 'devices',
      group: 'pages',
      label: t`Meus dispositivos`,
      also: t`aparelhos sessões`,
      icon: <IconDevices aria-hidden="true" />,
      run: () => void navigate({ to: '/configuracoes/dispositivos' }),
    },
    {
      id: 'passkeys',
      group: 'pages',
      label: t`Chaves de acesso`,
      also: 'passkeys',
      icon: <IconFingerprint aria-hidden="true" />,
      run: () => void navigate({ to: '/configuracoes/chaves-de-acesso' }),
    },
  ];
  return pages.filter(({ isMine }) => isMine !== false);
}
