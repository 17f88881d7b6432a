import './shell.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Suspense, lazy, useState } from 'react';
import { useKnownPasskeys } from '../features/session/known-passkeys.ts';
import { isPasskeyOffered } from '../features/session/passkey-offer-state.ts';
import { isShown } from '../lib/feature.ts';
import { meQuery } from '../lib/me.ts';
import { queryClient } from '../lib/query.ts';
import { useIsPhone } from '../ui/screen.ts';
import { Wordmark } from '../ui/mark.tsx';
import { PageCorner } from '../ui/page.tsx';
import { AccountMenu } from './account-menu.tsx';
import { BookingHost } from './booking-host.tsx';
import { listOffered } from './features.ts';
import { MorePlaces } from './more-places.tsx';
import { InsideShell } from './inside-shell.ts';
import { Notices } from './notices/notices.tsx';
import { PaletteButton, PaletteHost } from './palette-host.tsx';
import { AppearanceFromServer } from './server-appearance.ts';

const PasskeyOffer = lazy(async () => ({
  default: (await import('../features/session/passkey-offer.tsx')).PasskeyOffer,
}));

/** Places that the bar of a phone shows; the others are in its menu. */
const placesInBar = 3;

/** Navigation around the page: a slim rail on a computer, a bar at the thumb on a phone. */
export function Shell() {
  return (
    <QueryClientProvider client={queryClient}>
      <Layout />
    </QueryClientProvider>
  );
}

function Layout() {
  const { t, i18n } = useLingui();
  const isPhone = useIsPhone();
  const [isOffered] = useState(isPasskeyOffered);
  // Notices an ended session: this query is read again on focus and on coming online.
  const { data: me } = useQuery(meQuery);
  // On a phone every place is in the bar or in its menu, those of the account's menu too.
  const offered = isPhone ? [...listOffered('place'), ...listOffered('accountPlaces').flat()] : listOffered('place');
  const places = offered.filter((place) => isShown(place, me, isPhone));
  const inSight = isPhone ? places.slice(0, placesInBar) : places;
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
          {inSight.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className="nav-place">
                <Icon aria-hidden="true" />
                {i18n._(label)}
              </Link>
            </li>
          ))}
          {places.length > inSight.length && (
            <li>
              <MorePlaces places={places.slice(placesInBar)} />
            </li>
          )}
        </ul>
        {!isPhone && (
          <div className="nav-account">
            <AccountMenu />
          </div>
        )}
      </nav>
      <main className="main" id="main" tabIndex={-1}>
        <PageCorner value={isPhone ? <AccountMenu /> : null}>
          <InsideShell value={true}>
            <Suspense>
              <Outlet />
            </Suspense>
          </InsideShell>
          {isOffered && (
            <Suspense>
              <PasskeyOffer />
            </Suspense>
          )}
        </PageCorner>
      </main>
      <AppearanceFromServer />
      <Notices />
      <PaletteHost />
      <BookingHost />
    </div>
  );
}
