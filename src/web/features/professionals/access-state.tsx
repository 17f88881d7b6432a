import { Trans } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';

/** Whether a person can sign in: a word, a shape and a colour. */
export function AccessState({ active }: { readonly active: boolean }) {
  return (
    <span className="access-state" data-active={active ? '' : undefined}>
      {active ? (
        <>
          <IconCircleCheck size="1.125rem" aria-hidden="true" />
          <Trans>Ativo</Trans>
        </>
      ) : (
        <>
          <IconCircleOff size="1.125rem" aria-hidden="true" />
          <Trans>Desativado</Trans>
        </>
      )}
    </span>
  );
}
