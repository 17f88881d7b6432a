import { msg } from '@lingui/core/macro';
import { IconDevices, IconFingerprint, IconLogout } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'sign-out',
    group: 'actions',
    label: msg`Sair`,
    also: msg`desconectar encerrar`,
    icon: <IconLogout aria-hidden="true" />,
    run: ({ signOut }) => void signOut(),
  },
  {
    id: 'devices',
    group: 'pages',
    label: msg`Meus dispositivos`,
    also: msg`aparelhos sessões`,
    icon: <IconDevices aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/configuracoes/dispositivos' }),
  },
  {
    id: 'passkeys',
    group: 'pages',
    label: msg`Chaves de acesso`,
    also: 'passkeys',
    icon: <IconFingerprint aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/configuracoes/chaves-de-acesso' }),
  },
];
