import { msg } from '@lingui/core/macro';
import { IconHelp } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'help',
    group: 'pages',
    label: msg`Ajuda`,
    also: msg`guia manual como usar`,
    icon: <IconHelp aria-hidden="true" />,
    run: ({ navigate }) => void navigate({ to: '/ajuda' }),
  },
];
