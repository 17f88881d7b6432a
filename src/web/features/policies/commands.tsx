import { msg } from '@lingui/core/macro';
import { IconShieldLock } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'privacy',
    group: 'pages',
    label: msg`Privacidade e termos de uso`,
    also: msg`lgpd aviso encarregado controlador`,
    icon: <IconShieldLock aria-hidden="true" />,
    right: 'clinic.manage',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/privacidade' }),
  },
];
