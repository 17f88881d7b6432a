import parts from './sign-in-parts.module.css';
import styles from './code-step.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { useAction } from '../../lib/action.ts';
import { failureText, secondsToWait } from '../../lib/failure-text.ts';
import { deviceTimeZone, formatTime } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ApiError } from '../../lib/api.ts';
import { supportsPasskeys } from './passkey-calls.ts';
import { PasskeyWay } from './passkey-way.tsx';
import { requestCode, signIn } from './sign-in-calls.ts';
import type { SentCode } from './sign-in-calls.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { ReactNode } from 'react';

interface CodeStepProps {
  readonly sent: SentCode;
  readonly onResent: (sent: SentCode) => void;
  readonly onSignedIn: (answer: ResponseOf<'POST /auth/sessions'>) => void;
  /** Further options beside the resend. */
  readonly children?: ReactNode;
}

const readDigits = (text: string): string => text.replace(/\D/g, '').slice(0, 6);

/** Milliseconds after the last digit until the form sends itself: time to press Enter or the button. */
const submitDelay = 700;

/** Second step: the six digits from the e-mail. The form sends itself a moment after they are complete. */
export function CodeStep({ sent, onResent, onSignedIn, children }: CodeStepProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const { code, type, submit, isIncomplete, isEntering, failure } = useCodeEntry(sent.email, onSignedIn, () => {
    // What is typed next replaces the wrong code.
    const field = area.current?.querySelector('input');
    field?.focus();
    field?.select();
  });
  const error = isIncomplete ? t`O código tem 6 números.` : failure !== undefined ? failureText(failure) : undefined;
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
      <SentTo sent={sent} />
      <div className={styles['sign-in-code']}>
        <TextField
          label={t`Código de acesso`}
          hint={
            sent.name === undefined
              ? t`Só o código mais recente vale.`
              : t`Código nº ${sent.name.number}, pedido às ${formatTime(sent.name.requestedAt, deviceTimeZone())}. Só o mais recente vale.`
          }
          error={error}
          value={code}
          onChange={(event) => {
            type(event.target.value);
          }}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          data-autofocus=""
          name="code"
          enterKeyHint="go"
        />
      </div>
      {/* Not marked as disabled: a press while the code is being sent does no harm. */}
      <Button type="submit" variant="primary" wide busy={isEntering} aria-disabled={undefined}>
        <Trans>Entrar</Trans>
      </Button>
      {failure instanceof ApiError && failure.status === 429 && supportsPasskeys() && (
        <PasskeyWay onSignedIn={onSignedIn} />
      )}
      <div className={styles['sign-in-ways']}>
        <Resend
          sent={sent}
          onResent={(next) => {
            onResent(next);
            // The button is disabled for a while, and the new code is to be typed.
            area.current?.querySelector('input')?.focus();
          }}
        />
        {children}
      </div>
    </form>
  );
}

const SentTo = ({ sent }: Pick<CodeStepProps, 'sent'>) => (
  <p className={parts['sign-in-text']}>
    {sent.name === undefined ? (
      <Trans>
        Use o código que chegou em <strong translate="no">{sent.email}</strong>.
      </Trans>
    ) : (
      <Trans>
        Enviamos um código para <strong translate="no">{sent.email}</strong>.
      </Trans>
    )}
  </p>
);

/** The typed digits, and signing in with them. */
function useCodeEntry(email: string, onSignedIn: CodeStepProps['onSignedIn'], onFail: () => void) {
  const [code, setCode] = useState('');
  const [isIncomplete, setIncomplete] = useState(false);
  const enter = useAction((digits: string) => signIn(email, digits), { onDone: onSignedIn, onFail });
  // Stays true after signing in, until the next page is shown.
  const isEntering = enter.isPending || enter.isDone;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );

  function submit(): void {
    clearTimeout(timer.current);
    setIncomplete(code.length < 6);
    if (code.length === 6 && !isEntering) enter.run(code);
  }
  function type(text: string): void {
    const digits = readDigits(text);
    setIncomplete(false);
    if (digits === code) return;
    enter.reset();
    setCode(digits);
    clearTimeout(timer.current);
    if (digits.length < 6) return;
    timer.current = setTimeout(() => {
      enter.run(digits);
    }, submitDelay);
  }
  return { code, type, submit, isIncomplete, isEntering, failure: enter.error };
}

/** Seconds until a moment (milliseconds of the epoch), counting down to 0. */
function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((moment - now) / 1000));
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [left]);
  return left;
}

/** Milliseconds until another code can be requested. */
const pause = 30_000;

function Resend({ sent, onResent }: Pick<CodeStepProps, 'sent' | 'onResent'>) {
  const { t } = useLingui();
  const [freeAt, setFreeAt] = useState(() => Date.now() + pause);
  const seconds = useSecondsUntil(freeAt);
  const resend = useAction(requestCode, {
    onDone: (next) => {
      setFreeAt(Date.now() + pause);
      onResent(next);
    },
    onFail: (error) => {
      const wait = secondsToWait(error);
      if (wait !== undefined) setFreeAt(Date.now() + wait * 1000);
    },
  });
  return (
    <div className={styles['sign-in-resend']}>
      <Button
        variant="quiet"
        disabled={seconds > 0}
        busy={resend.isPending}
        onClick={() => {
          resend.run(sent.email);
        }}
      >
        {seconds > 0 ? <span className="tabular">{t`Reenviar código em ${seconds} s`}</span> : t`Reenviar código`}
      </Button>
      <p role="status" className={parts['sign-in-note']} data-tone={resend.error !== undefined ? 'danger' : undefined}>
        {resend.error !== undefined && failureText(resend.error)}
        {resend.isDone && <Trans>Enviamos outro código. Use o mais novo.</Trans>}
      </p>
    </div>
  );
}
