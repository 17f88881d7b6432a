import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../ui/button.tsx';
import { Wordmark } from '../ui/mark.tsx';
import { EmptyState } from '../ui/states.tsx';

/** An address that no page answers to. */
export function Missing() {
  const { t } = useLingui();
  return (
    <main className="standalone">
      <Wordmark size="1.625rem" />
      <EmptyState
        level={1}
        title={t`Esta página não existe`}
        actions={
          <ButtonLink to="/clientes" variant="primary">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>O endereço pode ter mudado, ou foi digitado com alguma diferença.</Trans>
      </EmptyState>
    </main>
  );
}
