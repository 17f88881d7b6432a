import '../ui/base.css';
import '../lib/no-eval.ts';
import { I18nProvider } from '@lingui/react';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { endOwnSession } from '../lib/api.ts';
import { activateLanguage, i18n, preferredLanguage } from '../lib/i18n.ts';
import { surviveTranslation } from '../lib/page-translation.ts';
import { allowOfflineCopies } from '../lib/offline-copies.ts';
import { followPendingSignOut } from '../lib/pending-sign-out.ts';
import { clearLeftovers, followOtherTabs } from '../lib/session.ts';
import { keepsSiteData } from '../lib/site-data.ts';
import { keepFocus } from '../ui/focus.ts';
import { BlockedSiteData } from './blocked-site-data.tsx';
import { listOffered } from './features.ts';
import { router } from './router.tsx';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has lost its #root');

surviveTranslation(document.body);
keepFocus();
allowOfflineCopies(listOffered('offline'));

// After a release the old files of pages are gone. A reload gets the new ones; once in 30 seconds, so that it never loops.
addEventListener('vite:preloadError', () => {
  const key = 'acolhe.reloaded';
  if (Date.now() - Number(sessionStorage.getItem(key)) < 30_000) return;
  // Without a connection a reload would lose the page as well.
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    () => {
      sessionStorage.setItem(key, String(Date.now()));
      location.reload();
    },
    () => undefined,
  );
});

const canRemember = keepsSiteData();
if (canRemember) {
  followOtherTabs();
  clearLeftovers();
  followPendingSignOut(endOwnSession);
}
await activateLanguage(canRemember ? undefined : preferredLanguage());
createRoot(container).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>{canRemember ? <RouterProvider router={router} /> : <BlockedSiteData />}</I18nProvider>
  </StrictMode>,
);
