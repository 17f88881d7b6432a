import { msg } from '@lingui/core/macro';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'new-client',
    group: 'actions',
    label: msg`Novo cliente`,
    also: msg`cadastrar incluir criar`,
    icon: <IconUserPlus aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/clientes/novo' }),
  },
  {
    id: 'clients',
    group: 'pages',
    label: msg`Clientes`,
    also: msg`lista início`,
    icon: <IconUsers aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/clientes' }),
  },
];
