import parts from './sign-in-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { forgetSession } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CodeStep } from './code-step.tsx';
import { EndReason } from './end-reason.tsx';
import { KnownEmailStep } from './known-email-step.tsx';
import { hasKnownPasskey } from './known-passkeys.ts';
import { PasskeyWay } from './passkey-way.tsx';
import type { Problem } from '../../../shared/problem.ts';
import type { SentCode } from './sign-in-calls.ts';

/** The dialog for signing in again over the page: typed text stays, and waiting requests continue. */
export function ExpiredSession({ problem }: { readonly problem: Problem }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sent, setSent] = useState<SentCode>();
  const email = queryClient.getQueryData(meQuery.queryKey)?.email;

  async function leave(): Promise<void> {
    await forgetSession();
    await navigate({ to: '/entrar', ignoreBlocker: true });
    queryClient.clear();
  }

  return (
    <Dialog label={t`Sessão expirada`} kind="alert" role="alertdialog">
      <div className={parts['sign-in-form']}>
        <p className={parts['sign-in-text']}>
          <EndReason problem={problem} />{' '}
          <Trans>Entre de novo para continuar de onde parou: nada do que você digitou se perde.</Trans>
        </p>
        {sent === undefined ? (
          <>
            <KnownEmailStep email={email} onSent={setSent} />
            {hasKnownPasskey() && <PasskeyWay onSignedIn={() => undefined} />}
          </>
        ) : (
          <CodeStep sent={sent} onResent={setSent} onSignedIn={() => undefined} />
        )}
        <Button variant="quiet" onClick={() => void leave()}>
          <Trans>Sair e voltar ao início</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
