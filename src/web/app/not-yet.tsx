import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendar } from '@tabler/icons-react';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';

/** Pages for addresses that will exist later. The navigation does not have them, but whoever opens one is told. */
export function AgendaPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Agenda`} width="text">
      <EmptyState icon={<IconCalendar />} title={t`A agenda ainda não chegou`} actions={<ToClients />}>
        <Trans>Por enquanto, o Acolhe cuida do cadastro dos clientes. A agenda vai ficar neste endereço.</Trans>
      </EmptyState>
    </Page>
  );
}

const ToClients = () => (
  <ButtonLink to="/clientes" variant="primary">
    <Trans>Ir para os clientes</Trans>
  </ButtonLink>
);
