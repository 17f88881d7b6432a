import './shell.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { IconFileImport, IconSettings, IconStethoscope, IconUsers } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useKnownPasskeys } from '../features/session/known-passkeys.ts';
import { isPasskeyOffered } from '../features/session/passkey-offer-state.ts';
import { meQuery } from '../lib/me.ts';
import { queryClient } from '../lib/query.ts';
import { useIsPhone } from '../ui/screen.ts';
import { Wordmark } from '../ui/mark.tsx';
import { PageCorner } from '../ui/page.tsx';
import { AccountMenu } from './account-menu.tsx';
import { InsideShell } from './inside-shell.ts';
import { Notices } from './notices/notices.tsx';
import { PaletteButton, PaletteHost } from './palette-host.tsx';
import { useAppearanceFromServer } from './server-appearance.ts';

const PasskeyOffer = lazy(async () => ({
  default: (await import('../features/session/passkey-offer.tsx')).PasskeyOffer,
}));

/** Navigation around the page: a slim rail on a computer, a bar at the thumb on a phone. */
export function Shell() {
  return (
    <QueryClientProvider client={queryClient}>
      <Layout />
    </QueryClientProvider>
  );
}

function Layout() {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  // Keeps watch over the session: asked anew on focus and on coming online.
  const { data: me } = useQuery(meQuery);
  useAppearanceFromServer();
  useKnownPasskeys();
  return (
    <div className="shell">
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        <Trans>Pular para o conteúdo</Trans>
      </a>
      <nav className="nav" aria-label={t`Principal`}>
        <Link to="/clientes" className="nav-home" aria-label={t`Acolhe, início`}>
          <Wordmark size="1.625rem" />
        </Link>
        {!isPhone && <PaletteButton />}
        <ul className="nav-places">
          <li>
            <Link to="/clientes" className="nav-place">
              <IconUsers aria-hidden="true" />
              <Trans>Clientes</Trans>
            </Link>
          </li>
          {me?.role === 'administrator' && (
            <li>
              <Link to="/profissionais" className="nav-place">
                <IconStethoscope aria-hidden="true" />
                <Trans>Profissionais</Trans>
              </Link>
            </li>
          )}
          {/* On a phone, whose bar has four places, it is in the account's menu. */}
          {!isPhone && me !== undefined && me.role !== 'reception' && (
            <li>
              <Link to="/importar" className="nav-place">
                <IconFileImport aria-hidden="true" />
                <Trans>Importar</Trans>
              </Link>
            </li>
          )}
          <li>
            <Link to="/configuracoes" className="nav-place">
              <IconSettings aria-hidden="true" />
              <Trans>Configurações</Trans>
            </Link>
          </li>
        </ul>
        {!isPhone && (
          <div className="nav-account">
            <AccountMenu />
          </div>
        )}
      </nav>
      <main className="main" id="main" tabIndex={-1}>
        <PageCorner value={isPhone ? <AccountMenu /> : null}>
          {isPasskeyOffered() && (
            <Suspense>
              <PasskeyOffer />
            </Suspense>
          )}
          <InsideShell value={true}>
            <Suspense>
              <Outlet />
            </Suspense>
          </InsideShell>
        </PageCorner>
      </main>
      <Notices />
      <PaletteHost />
    </div>
  );
}
