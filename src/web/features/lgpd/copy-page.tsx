import styles from './lgpd.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { archiveAddress, isCopyReady } from '../../entities/client-privacy/copy-state.ts';
import { Button } from '../../ui/button.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

/** Milliseconds between two questions whether the copy is ready, and how often it is asked. */
const pause = 3000;
const mostAsked = 40;

/** What somebody with the link of a copy sees. Opening it uses nothing up; only the button does. */
export function CopyPage() {
  const { t } = useLingui();
  const { token = '' } = useParams({ strict: false });
  const [state, setState] = useState<'waiting' | 'ready' | 'gone' | 'taken'>('waiting');
  useWindowTitle(t`Cópia dos seus dados`);
  useEffect(() => {
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      asked += 1;
      const isReady = await isCopyReady(archiveAddress(token)).catch(() => false);
      if (isReady) setState('ready');
      else if (asked >= mostAsked) setState('gone');
      else timer = setTimeout(() => void ask(), pause);
    };
    void ask();
    return () => {
      clearTimeout(timer);
    };
  }, [token]);
  const save = (): void => {
    setState('taken');
    location.assign(`${archiveAddress(token)}?save=1`);
  };
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
      {state === 'gone' && (
        <EmptyState tone="neutral" title={t`Este link não vale mais`}>
          <Trans>Ele já foi usado ou venceu. Peça outro à clínica.</Trans>
        </EmptyState>
      )}
      <p className={styles['mark']}>
        <Wordmark size="1.125rem" />
      </p>
    </main>
  );
}
