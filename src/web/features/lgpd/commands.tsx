import { msg } from '@lingui/core/macro';
import { IconShieldLock } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'lgpd',
    group: 'pages',
    label: msg`LGPD`,
    also: msg`pedidos titular dados cópia anonimizar prazo`,
    icon: <IconShieldLock aria-hidden="true" />,
    right: 'data-requests.manage',
    run: ({ navigate }) => void navigate({ to: '/lgpd' }),
  },
];
