import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../ui/button.tsx';
import { useWindowTitle } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Standalone } from './standalone.tsx';

/** Shown for an address that no route has. */
export function Missing() {
  const { t } = useLingui();
  const title = t`Esta página não existe`;
  useWindowTitle(title);
  return (
    <Standalone>
      <EmptyState
        level={1}
        title={title}
        actions={
          <ButtonLink to="/clientes" variant="primary">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>O endereço pode ter mudado, ou foi digitado com alguma diferença.</Trans>
      </EmptyState>
    </Standalone>
  );
}
