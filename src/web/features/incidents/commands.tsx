import { msg } from '@lingui/core/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'incidents',
    group: 'pages',
    label: msg`Incidentes com dados`,
    also: msg`anpd vazamento invasão lgpd`,
    icon: <IconAlertTriangle aria-hidden="true" />,
    right: 'incidents.manage',
    run: ({ navigate }) => void navigate({ to: '/incidentes' }),
  },
];
