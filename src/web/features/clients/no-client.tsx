import { Trans, useLingui } from '@lingui/react/macro';
import { ApiError } from '../../lib/api.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';

/** In place of a client: one that is not there, or not this person's, and one that could not be read. */
export function NoClient({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useLingui();
  // What is no identifier at all is refused as 422.
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <EmptyState
        tone="neutral"
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
