import { Trans } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleOff, IconMail } from '@tabler/icons-react';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { Badge } from '../../ui/badge.tsx';

/** Whether a person can sign in, and has come yet: a word, a shape and a colour. */
export function AccessState({ person }: { readonly person: Pick<Professional, 'active' | 'invited'> }) {
  if (!person.active)
    return (
      <Badge icon={<IconCircleOff size="1.125rem" aria-hidden="true" />}>
        <Trans>Desativado</Trans>
      </Badge>
    );
  if (person.invited)
    return (
      <Badge tone="accent" icon={<IconMail size="1.125rem" aria-hidden="true" />}>
        <Trans>Convite enviado</Trans>
      </Badge>
    );
  return (
    <Badge tone="success" icon={<IconCircleCheck size="1.125rem" aria-hidden="true" />}>
      <Trans>Ativo</Trans>
    </Badge>
  );
}
