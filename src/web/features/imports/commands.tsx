import { msg } from '@lingui/core/macro';
import { IconFileImport } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'imports',
    group: 'pages',
    label: msg`Importar clientes`,
    also: msg`planilha arquivo CSV`,
    icon: <IconFileImport aria-hidden="true" />,
    right: 'imports.run',
    run: ({ navigate }) => void navigate({ to: '/importar' }),
  },
];
