import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { useAppearance } from '../../../lib/appearance.ts';
import { findTopLayer } from '../../../ui/layers.ts';

/** While a key is held down, only the card at which it is let go opens: milliseconds without another repetition. */
const pause = 200;

const steps: Readonly<Partial<Record<string, 1 | -1>>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** What uses the arrows itself. */
const ownArrows = 'input, textarea, select, [contenteditable], [role=menu], [popover], [role=option]';

interface Steps {
  /** Whose card is open. */
  readonly openId: string | undefined;
  /** Puts another client's card in the place of the open one; for a held key, once it is let go. */
  readonly openAt: (index: number, isHeld: boolean) => void;
}

/** J and K, and the arrows, go from card to card in the order of the list. `reveal` brings a row into sight. */
export function useClientSteps(clients: readonly ClientSummary[], reveal: (index: number) => void): Steps {
  const navigate = useNavigate();
  const { id: openId } = useParams({ strict: false });
  const { singleKeyShortcuts } = useAppearance();
  const target = useRef<{ readonly index: number; readonly timer: ReturnType<typeof setTimeout> }>(undefined);

  const openAt = (index: number, isHeld: boolean): void => {
    const client = clients[index];
    if (client === undefined || openId === undefined) return;
    clearTimeout(target.current?.timer);
    const open = (): void => {
      target.current = undefined;
      void navigate({
        to: '/clientes/$id',
        params: { id: client.id },
        search: true,
        replace: true,
        state: true,
        resetScroll: false,
      });
    };
    target.current = { index, timer: setTimeout(open, isHeld ? pause : 0) };
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1 && !singleKeyShortcuts) return;
    const isUsed = event.target instanceof Element && event.target.closest(ownArrows) !== null;
    if (isUsed || findTopLayer()?.querySelector('[data-client-card]') == null) return;
    const from = target.current?.index ?? clients.findIndex(({ id }) => id === openId);
    const index = from + step;
    if (from < 0 || clients[index] === undefined) return;
    event.preventDefault();
    reveal(index);
    openAt(index, event.repeat);
  });
  const isOpen = openId !== undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      clearTimeout(target.current?.timer);
    };
  }, [isOpen]);
  return { openId, openAt };
}
