import { msg } from '@lingui/core/macro';
import { IconUsersGroup } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'coverings',
    group: 'pages',
    label: msg`Coberturas`,
    also: msg`férias substituição acesso de emergência`,
    icon: <IconUsersGroup aria-hidden="true" />,
    right: 'coverings.read',
    run: ({ navigate }) => void navigate({ to: '/coberturas' }),
  },
];
