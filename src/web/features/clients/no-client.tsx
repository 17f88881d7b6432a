import { Trans, useLingui } from '@lingui/react/macro';
import { IconUserQuestion } from '@tabler/icons-react';
import { ApiError } from '../../lib/api.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';

/** Shown for a client who does not exist, is not this person's, or could not be read. */
export function NoClient({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useLingui();
  // An invalid identifier gets a 422.
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <EmptyState
        tone="neutral"
        icon={<IconUserQuestion />}
        title={t`Cadastro não encontrado`}
        actions={
          <ButtonLink to="/clientes" replace>
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Ele pode ser de outro profissional, ou o endereço tem alguma diferença.</Trans>
      </EmptyState>
    );
  return <FailureState error={error} onRetry={onRetry} title={t`Não foi possível abrir o cadastro`} />;
}
