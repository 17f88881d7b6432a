import styles from './sign-in-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { chooseLanguage, currentLanguage } from '../../lib/i18n.ts';
import { whySessionEnded } from '../../lib/session.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { notePageShown } from '../../ui/arrival.ts';
import { toast } from '../../ui/toast.tsx';
import { CodeStep } from './code-step.tsx';
import { EmailStep } from './email-step.tsx';
import { EndReason } from './end-reason.tsx';
import { deleteSentCode, storeSentCode, readSentCode } from './sent-code.ts';
import { supportsPasskeys } from './passkey-calls.ts';
import { LinkStep } from './link-step.tsx';
import { type MailLink, readMailLink } from './mail-link.ts';
import { offerPasskey } from './passkey-offer-state.ts';
import { PasskeyWay } from './passkey-way.tsx';
import { SignInArt } from './sign-in-art.tsx';
import type { SentCode } from './sign-in-calls.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

/** The sign-in page: an e-mail address, then the code that arrives there. */
export function SignInPage() {
  const { t } = useLingui();
  useEffect(() => {
    document.title = t`Entrar · Acolhe`;
    notePageShown();
  }, [t]);
  return (
    <div className={styles['sign-in']}>
      <aside className={styles['sign-in-side']}>
        <SignInArt />
        <Wordmark size="1.875rem" />
        <p className={styles['sign-in-promise']}>
          <Trans>Cada cliente, bem recebido.</Trans>
        </p>
      </aside>
      <main className={styles['sign-in-main']}>
        <header className={styles['sign-in-brand']}>
          <Wordmark size="1.875rem" />
        </header>
        <Steps />
        <LanguageSwitch />
      </main>
    </div>
  );
}

/** The data of the mail's link that opened the page. It is removed from the address at once, where others could read it. */
function useMailLink() {
  const router = useRouter();
  const [link, setLink] = useState<MailLink | undefined>(() => readMailLink(location.hash));
  useEffect(() => {
    const clear = (): void => {
      if (location.hash !== '') router.history.replace(`${location.pathname}${location.search}`);
    };
    // Pasting the link into the address bar of the open page does not load the page again.
    const readPasted = (): void => {
      const pasted = readMailLink(location.hash);
      if (pasted !== undefined) setLink(pasted);
      clear();
    };
    clear();
    window.addEventListener('hashchange', readPasted);
    return () => {
      window.removeEventListener('hashchange', readPasted);
    };
  }, [router]);
  return [link, setLink] as const;
}

function Steps() {
  const [link, setLink] = useMailLink();
  const [sent, setSent] = useState<SentCode | undefined>(readSentCode);
  const [email, setEmail] = useState('');
  const welcome = useWelcome();
  const keep = (next: SentCode): void => {
    storeSentCode(next);
    setSent(next);
  };
  const arrive: typeof welcome = (answer) => {
    offerPasskey();
    welcome(answer);
  };
  const restart = (address: string): void => {
    deleteSentCode();
    setEmail(address);
    setSent(undefined);
  };
  const ended = whySessionEnded();
  return (
    <section className={styles['sign-in-card']}>
      {ended !== undefined && (
        <p className={styles['sign-in-notice']} role="status">
          <EndReason problem={ended} />
        </p>
      )}
      <h1 className={styles['sign-in-title']}>
        {link !== undefined || sent === undefined ? <Trans>Boas-vindas</Trans> : <Trans>Confira seu e-mail</Trans>}
      </h1>
      {link !== undefined ? (
        <LinkStep
          link={link}
          onSignedIn={arrive}
          onCode={() => {
            restart(link.email);
            setLink(undefined);
          }}
        />
      ) : sent === undefined ? (
        <>
          <EmailStep email={email} onSent={keep} />
          {supportsPasskeys() && <PasskeyWay onSignedIn={welcome} />}
        </>
      ) : (
        <CodeStep sent={sent} onResent={keep} onSignedIn={arrive}>
          <OtherEmail
            onClick={() => {
              restart(sent.email);
            }}
          />
        </CodeStep>
      )}
    </section>
  );
}

const OtherEmail = ({ onClick }: { readonly onClick: () => void }) => (
  <Button variant="quiet" onClick={onClick}>
    <Trans>Usar outro e-mail</Trans>
  </Button>
);

/** Called after signing in: opens the page that was asked for, and says which devices were signed out to make room. */
function useWelcome(): (answer: ResponseOf<'POST /auth/sessions'>) => void {
  const { t } = useLingui();
  const router = useRouter();
  const { voltar } = useSearch({ from: '/entrar' });
  return ({ endedSessions, maxSessions }) => {
    deleteSentCode();
    const ended = endedSessions.map((device) => device.deviceName ?? t`um aparelho sem nome`).join(', ');
    if (ended !== '')
      toast({ message: t`Desconectamos ${ended}: o limite é de ${maxSessions} aparelhos.`, stays: 12_000 });
    router.history.replace(voltar ?? '/clientes');
  };
}

function LanguageSwitch() {
  const other =
    currentLanguage() === 'en'
      ? ({ code: 'pt-BR', name: 'Português' } as const)
      : ({ code: 'en', name: 'English' } as const);
  return (
    <footer className={styles['sign-in-foot']}>
      <Button
        variant="quiet"
        lang={other.code}
        onClick={() => {
          void chooseLanguage(other.code);
        }}
      >
        {other.name}
      </Button>
      <ButtonLink to="/privacidade" variant="quiet">
        <Trans>Privacidade</Trans>
      </ButtonLink>
    </footer>
  );
}
