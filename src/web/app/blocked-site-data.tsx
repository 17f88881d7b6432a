import { Trans, useLingui } from '@lingui/react/macro';
import { IconCookieOff } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import { useWindowTitle } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Standalone } from './standalone.tsx';

/** Shown in place of the app when the browser stores nothing for this site: says what to allow, and where. */
export function BlockedSiteData() {
  const { t } = useLingui();
  const title = t`O navegador bloqueia os dados deste site`;
  useWindowTitle(title);
  const host = location.host;
  return (
    <Standalone>
      <div role="alert">
        <EmptyState
          level={1}
          tone="neutral"
          icon={<IconCookieOff />}
          title={title}
          actions={
            <Button
              variant="primary"
              onClick={() => {
                location.reload();
              }}
            >
              <Trans>Já permiti, tentar de novo</Trans>
            </Button>
          }
        >
          <p>
            <Trans>
              O Acolhe precisa de cookies e dados do site para saber que é você e para não perder o que você digita. Ele
              não usa cookies de publicidade.
            </Trans>
          </p>
          <p>
            <Trans>
              Toque no ícone ao lado do endereço, abra “Cookies e dados do site” e permita{' '}
              <strong translate="no">{host}</strong>. Se o aparelho for da empresa, peça a quem cuida dele.
            </Trans>
          </p>
          <p>
            <Trans>No iPhone: Ajustes › Apps › Safari › Avançado › desligue “Bloquear todos os cookies”.</Trans>
          </p>
        </EmptyState>
      </div>
    </Standalone>
  );
}
