import './notices.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useIsAway } from '../../lib/connection.ts';
import { meQuery } from '../../lib/me.ts';
import { TextButton } from '../../ui/button.tsx';
import { useIsOutdated } from './new-version.ts';
import { registerServiceWorker } from './service-worker-registration.ts';
import { hasUnsavedInput, watchInput } from './unsaved-input.ts';

/** Milliseconds between two attempts to reach the server. */
const retryInterval = 10_000;

/** Notices for every page: the server cannot be reached, or there is a new release. They stand above dialogs too. */
export function Notices() {
  const isAway = useIsAway();
  const isOutdated = useIsOutdated();
  const strip = useRef<HTMLDivElement>(null);
  useReconnect(isAway);
  useServiceWorker();
  useEffect(watchInput, []);
  useRoomForNotices(strip);
  return createPortal(
    <div className="notices" ref={strip} role="status">
      {isAway && (
        <p className="notice" data-tone="warning">
          <IconCloudOff size="1.25rem" aria-hidden="true" />
          <span>
            <Trans>Sem conexão – mostrando o que foi visto nesta sessão. Para salvar, é preciso internet.</Trans>
          </span>
        </p>
      )}
      {isOutdated && !isAway && <NewVersion />}
    </div>,
    document.body,
  );
}

/** Registers the service worker a little later, so that its downloads do not compete with the page's own. */
function useServiceWorker(): void {
  useEffect(() => {
    const timer = setTimeout(registerServiceWorker, 2_000);
    return () => {
      clearTimeout(timer);
    };
  }, []);
}

/** Offers to load the new release. Does not reload while something is typed and not saved. */
function NewVersion() {
  const { t } = useLingui();
  const [isWaiting, setWaiting] = useState(false);
  return (
    <div className="notice">
      <IconRefresh size="1.25rem" aria-hidden="true" />
      <span>
        {isWaiting
          ? t`Há algo escrito e ainda não salvo nesta tela. Salve ou saia dela: a versão nova espera.`
          : t`Há uma versão nova`}
      </span>
      <TextButton
        onClick={() => {
          if (hasUnsavedInput()) setWaiting(true);
          else location.reload();
        }}
      >
        <Trans>Atualizar</Trans>
      </TextButton>
    </div>
  );
}

/** While the server is away, asks it again regularly; once it answers, reads again what the page shows. */
function useReconnect(isAway: boolean): void {
  const queries = useQueryClient();
  const wasAway = useRef(false);
  useEffect(() => {
    if (!isAway) {
      if (wasAway.current) void queries.invalidateQueries();
      wasAway.current = false;
      return undefined;
    }
    wasAway.current = true;
    const ask = (): void => void queries.refetchQueries({ queryKey: meQuery.queryKey, exact: true });
    const timer = setInterval(ask, retryInterval);
    addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      removeEventListener('online', ask);
    };
  }, [isAway, queries]);
}

/** Moves the page, and what sticks to its top, below the notices. */
function useRoomForNotices(strip: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    if (strip.current === null) return undefined;
    const { classList, style } = document.documentElement;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
      style.setProperty('--notices', `${height}px`);
      classList.toggle('has-notices', height > 0);
    });
    observer.observe(strip.current);
    return () => {
      observer.disconnect();
      style.removeProperty('--notices');
      classList.remove('has-notices');
    };
  }, [strip]);
}
