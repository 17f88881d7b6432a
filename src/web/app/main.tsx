import '../ui/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { activateLanguage, i18n } from '../lib/i18n.ts';
import { queryClient } from '../lib/query.ts';
import { followOtherTabs } from '../lib/session.ts';
import { router } from './router.tsx';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has lost its #root');

followOtherTabs(() => {
  queryClient.clear();
  void router.navigate({ to: '/entrar' });
});

await activateLanguage();
createRoot(container).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
