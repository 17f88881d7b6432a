import { msg } from '@lingui/core/macro';
import { IconListSearch } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'audit',
    group: 'pages',
    label: msg`Auditoria`,
    also: msg`trilha registro quem viu`,
    icon: <IconListSearch aria-hidden="true" />,
    right: 'audit.read',
    run: ({ navigate }) => void navigate({ to: '/auditoria' }),
  },
];
