import parts from './sign-in-parts.module.css';
import { Trans } from '@lingui/react/macro';
import { useAction } from '../../lib/action.ts';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmailStep } from './email-step.tsx';
import { EarlierCode } from './earlier-code.tsx';
import { requestCode } from './sign-in-calls.ts';
import type { SentCode } from './sign-in-calls.ts';

interface KnownEmailStepProps {
  /** The address of the person who was signed in: only they may continue with what is on the page. */
  readonly email: string | undefined;
  readonly onSent: (sent: SentCode) => void;
}

/** First step for somebody whose address is known: sends a code there. */
export function KnownEmailStep({ email, onSent }: KnownEmailStepProps) {
  const send = useAction(requestCode, { onDone: onSent });
  if (email === undefined) return <EmailStep email="" onSent={onSent} />;
  return (
    <div className={parts['sign-in-form']}>
      <p className={parts['sign-in-text']}>
        <Trans>
          Enviaremos um código para <strong translate="no">{email}</strong>.
        </Trans>
      </p>
      <Button
        variant="primary"
        wide
        busy={send.isPending}
        data-autofocus=""
        onClick={() => {
          send.run(email);
        }}
      >
        <Trans>Receber código</Trans>
      </Button>
      <p role="status" className={parts['sign-in-note']} data-tone="danger">
        {send.error !== undefined && failureText(send.error)}
      </p>
      <EarlierCode
        error={send.error}
        onChosen={() => {
          onSent({ email });
        }}
      />
    </div>
  );
}
