import parts from './sign-in-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useAction } from '../../lib/action.ts';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { EarlierCode } from './earlier-code.tsx';
import { requestCode } from './sign-in-calls.ts';
import type { SentCode } from './sign-in-calls.ts';

interface EmailStepProps {
  readonly email: string;
  readonly onSent: (sent: SentCode) => void;
}

/** First step: where to send the code. */
export function EmailStep({ email: initial, onSent }: EmailStepProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState(initial);
  const [isMissing, setMissing] = useState(false);
  const focusField = (): void => area.current?.querySelector('input')?.focus();
  const send = useAction(requestCode, { onDone: onSent, onFail: focusField });

  function submit(): void {
    // A rough check for typing mistakes; the server decides.
    const isUsable = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim());
    setMissing(!isUsable);
    if (isUsable) send.run(email.trim());
    else focusField();
  }

  const problem = send.error === undefined ? undefined : failureText(send.error);
  const error = isMissing ? t`Confira o e-mail: ele deve ser como nome@exemplo.com.br.` : problem;
  return (
    <form
      ref={area}
      className={parts['sign-in-form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={parts['sign-in-text']}>
        <Trans>Enviamos um código de 6 números para o seu e-mail. Não há senha para lembrar.</Trans>
      </p>
      <TextField
        label={t`E-mail`}
        error={error}
        value={email}
        onChange={(event) => {
          setMissing(false);
          send.reset();
          setEmail(event.target.value);
        }}
        type="email"
        name="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        data-autofocus=""
        enterKeyHint="send"
      />
      <Button type="submit" variant="primary" wide busy={send.isPending}>
        <Trans>Receber código</Trans>
      </Button>
      <EarlierCode
        error={send.error}
        onChosen={() => {
          onSent({ email: email.trim() });
        }}
      />
    </form>
  );
}
