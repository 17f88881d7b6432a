import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { isTopLayer } from './layers.ts';
import type { RefObject } from 'react';

/** Android's Back as the browser hands it to whatever is open (HTML standard, close watcher); missing elsewhere. */
interface Watcher extends EventTarget {
  readonly destroy: () => void;
}

const watcherClass = (window as { readonly CloseWatcher?: new () => Watcher }).CloseWatcher;

/** Calls `onClose` for Esc and for Android's Back while the layer is the topmost one. */
export function useCloseRequests(layer: RefObject<HTMLElement | null>, onClose: (() => void) | undefined): void {
  // A watcher serves once; when the dialog stays (a question came up), the next one takes its place.
  const [turn, setTurn] = useState(0);
  const isClosable = onClose !== undefined;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !isTopLayer(layer.current)) return;
    // Also keeps the watcher out of it, so that Esc closes once.
    event.preventDefault();
    onClose?.();
  });
  const onBack = useEffectEvent(() => {
    setTurn((before) => before + 1);
    if (isTopLayer(layer.current)) onClose?.();
  });

  // Before the paint: who sees the dialog can already close it.
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
