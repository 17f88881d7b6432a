import { Trans, useLingui } from '@lingui/react/macro';
import { IconListSearch } from '@tabler/icons-react';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';

/** Shown at an address that will exist later. The navigation does not have it, but whoever opens it is told. */
export function AuditPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Auditoria`} width="text">
      <EmptyState icon={<IconListSearch />} title={t`A auditoria ainda não tem página`} actions={<ToClients />}>
        <Trans>
          O que se faz na clínica já fica registrado. O que mudou em um cadastro, quando e por quem está na ficha do
          cliente, em Histórico.
        </Trans>
      </EmptyState>
    </Page>
  );
}

const ToClients = () => (
  <ButtonLink to="/clientes" variant="primary">
    <Trans>Ir para os clientes</Trans>
  </ButtonLink>
);
