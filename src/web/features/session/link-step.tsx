import parts from './sign-in-parts.module.css';
import { Trans } from '@lingui/react/macro';
import { useAction } from '../../lib/action.ts';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { type MailLink, signInByLink } from './mail-link.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

interface LinkStepProps {
  readonly link: MailLink;
  readonly onSignedIn: (answer: ResponseOf<'POST /auth/link-sessions'>) => void;
  readonly onCode: () => void;
}

/** Shown for the link of a sign-in mail. It signs in when the button is pressed, because mail programs open links themselves. */
export function LinkStep({ link, onSignedIn, onCode }: LinkStepProps) {
  const enter = useAction(signInByLink, { onDone: onSignedIn });
  return (
    <div className={parts['sign-in-form']}>
      <p className={parts['sign-in-text']}>
        <Trans>
          O link do seu e-mail entra como <strong translate="no">{link.email}</strong>, sem digitar o código. Vale uma
          única vez.
        </Trans>
      </p>
      <Button
        variant="primary"
        wide
        busy={enter.isPending || enter.isDone}
        data-autofocus=""
        onClick={() => {
          enter.run(link);
        }}
      >
        <Trans>Entrar</Trans>
      </Button>
      <p role="alert" className={parts['sign-in-note']} data-tone="danger">
        {enter.error !== undefined && failureText(enter.error)}
      </p>
      <Button variant="quiet" onClick={onCode}>
        <Trans>Pedir um código</Trans>
      </Button>
    </div>
  );
}
