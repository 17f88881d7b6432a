import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

/** Shown to receptionists, who may not import. */
export function NoAccess() {
  const { t } = useLingui();
  return (
    <Page title={t`Importar clientes`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconLock />}
        title={t`A recepção não importa clientes`}
        actions={
          <ButtonLink to="/clientes">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Para trazer uma planilha, fale com quem administra a clínica ou com quem atende.</Trans>
      </EmptyState>
    </Page>
  );
}
