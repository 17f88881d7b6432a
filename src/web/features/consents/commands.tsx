import { msg } from '@lingui/core/macro';
import { IconSignature } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'consent-texts',
    group: 'pages',
    label: msg`Termos de consentimento`,
    also: msg`autorização imagem mensagens assinatura`,
    icon: <IconSignature aria-hidden="true" />,
    right: 'clinic.manage',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/termos' }),
  },
];
