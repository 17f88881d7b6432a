import { Trans } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import { Badge } from '../../ui/badge.tsx';

/** Whether a person can sign in: a word, a shape and a colour. */
export const AccessState = ({ active }: { readonly active: boolean }) =>
  active ? (
    <Badge tone="success" icon={<IconCircleCheck size="1.125rem" aria-hidden="true" />}>
      <Trans>Ativo</Trans>
    </Badge>
  ) : (
    <Badge icon={<IconCircleOff size="1.125rem" aria-hidden="true" />}>
      <Trans>Desativado</Trans>
    </Badge>
  );
