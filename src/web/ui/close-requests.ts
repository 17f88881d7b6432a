import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { isTopLayer } from './layers.ts';
import type { RefObject } from 'react';

/** `CloseWatcher` of the HTML standard, which gets Android's Back. Some browsers do not have it. */
interface Watcher extends EventTarget {
  readonly destroy: () => void;
}

const watcherClass = (window as { readonly CloseWatcher?: new () => Watcher }).CloseWatcher;

/** Calls `onClose` for Esc and for Android's Back while the layer is the topmost one. */
export function useCloseRequests(layer: RefObject<HTMLElement | null>, onClose: (() => void) | undefined): void {
  // A watcher works once. If the dialog stays open, for example because a question came up, it needs a new one.
  const [turn, setTurn] = useState(0);
  const isClosable = onClose !== undefined;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !isTopLayer(layer.current)) return;
    // The watcher does not get the key then, so that Esc closes one dialog only.
    event.preventDefault();
    onClose?.();
  });
  const onBack = useEffectEvent(() => {
    setTurn((before) => before + 1);
    if (isTopLayer(layer.current)) onClose?.();
  });

  // Before the paint, so that a visible dialog can always be closed.
  useLayoutEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);

  useEffect(() => {
    if (watcherClass === undefined || !isClosable) return undefined;
    const watcher = new watcherClass();
    watcher.addEventListener('close', onBack);
    return () => {
      watcher.removeEventListener('close', onBack);
      watcher.destroy();
    };
  }, [isClosable, turn]);
}
