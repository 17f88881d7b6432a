import { msg } from '@lingui/core/macro';
import { IconStethoscope } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'professionals',
    group: 'pages',
    label: msg`Profissionais`,
    also: msg`equipe convidar`,
    icon: <IconStethoscope aria-hidden="true" />,
    right: 'professionals.manage',
    run: ({ navigate }) => void navigate({ to: '/profissionais' }),
  },
];
