import styles from './lgpd.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { archiveAddress, isCopyReady } from '../../entities/client-privacy/copy-state.ts';
import { Button } from '../../ui/button.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';

/** Milliseconds between two questions whether the copy is ready, and how often it is asked. */
const pause = 3000;
const mostAsked = 40;

/** Asks until the copy is ready, or so often that it will hardly come. Rejects when the server cannot be reached, or on `signal`. */
async function watch(token: string, signal: AbortSignal): Promise<'ready' | 'missing'> {
  for (let asked = 1; ; asked += 1) {
    if (await isCopyReady(archiveAddress(token), signal)) return 'ready';
    if (asked >= mostAsked) return 'missing';
    await new Promise((resolve) => setTimeout(resolve, pause));
    signal.throwIfAborted();
  }
}

type State = 'waiting' | 'ready' | 'missing' | 'taken' | { readonly error: unknown };

function useCopy(token: string) {
  const [state, setState] = useState<State>('waiting');
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    watch(token, leaving.signal).then(setState, (error: unknown) => {
      if (!leaving.signal.aborted) setState({ error });
    });
    return () => {
      leaving.abort();
    };
  }, [token, attempt]);
  return {
    state,
    askAgain: () => {
      setState('waiting');
      setAttempt(attempt + 1);
    },
    save: () => {
      setState('taken');
      location.assign(`${archiveAddress(token)}?save=1`);
    },
  };
}

/** What somebody with the link of a copy sees. Opening it uses nothing up; only the button does. */
export function CopyPage() {
  const { t } = useLingui();
  const { token = '' } = useParams({ strict: false });
  const { state, askAgain, save } = useCopy(token);
  useWindowTitle(t`Cópia dos seus dados`);
  return (
    <main className={styles['page']}>
      <h1>
        <Trans>Cópia dos seus dados</Trans>
      </h1>
      {state === 'waiting' && (
        <p role="status">
          <Trans>Procurando a cópia… Se ela acabou de ser pedida, espere um instante.</Trans>
        </p>
      )}
      {state === 'ready' && (
        <>
          <p>
            <Trans>
              O arquivo traz um PDF para ler e os mesmos dados em outros formatos. O link funciona uma vez: baixe em um
              aparelho seu e guarde bem.
            </Trans>
          </p>
          <Button variant="primary" icon={<IconDownload size="1.25rem" aria-hidden="true" />} onClick={save}>
            <Trans>Baixar</Trans>
          </Button>
        </>
      )}
      {state === 'taken' && (
        <p role="status">
          <Trans>O arquivo está sendo baixado. Depois disso, este link não vale mais.</Trans>
        </p>
      )}
      {state === 'missing' && (
        <EmptyState
          tone="neutral"
          title={t`Nenhuma cópia neste link`}
          actions={
            <Button onClick={askAgain}>
              <Trans>Procurar de novo</Trans>
            </Button>
          }
        >
          <Trans>
            Ela já foi baixada, o link venceu, ou o arquivo ainda não ficou pronto. Na dúvida, fale com a clínica.
          </Trans>
        </EmptyState>
      )}
      {typeof state === 'object' && (
        <FailureState error={state.error} onRetry={askAgain} title={t`Não foi possível procurar a cópia`} />
      )}
      <p className={styles['mark']}>
        <Wordmark size="1.125rem" />
      </p>
    </main>
  );
}
