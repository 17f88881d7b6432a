import styles from './selection-area.module.css';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useEffectEvent } from 'react';
import { findTopLayer } from '../../../../ui/layers.ts';
import { useIsPhone } from '../../../../ui/screen.ts';
import { useSelection } from './selection-context.tsx';
import { useLongPress } from './use-long-press.ts';

/** Loaded with the first choice. */
const SelectionBar = lazy(async () => ({ default: (await import('./selection-bar.tsx')).SelectionBar }));
const LeftDialog = lazy(async () => ({ default: (await import('./left-dialog.tsx')).LeftDialog }));

/** The index of the row that an element is in. */
function findIndex(target: EventTarget): number | undefined {
  const row = (target as Element).closest<HTMLElement>('[data-index]');
  return row === null ? undefined : Number(row.dataset['index']);
}

/**
 * Around the rows of a list: chooses clients by long press and taps, and by keyboard. Space or X choose the focused
 * row, with Shift all from the last one; Ctrl A chooses all loaded ones, Esc none.
 */
export function SelectionArea({ children }: { readonly children: ReactNode }) {
  const { chosen, left, toggle, chooseAll, clear } = useSelection();
  const isChoosing = chosen.size > 0;
  const isPhone = useIsPhone();
  const { isTap, ...press } = useLongPress((target) => {
    const index = findIndex(target);
    if (index !== undefined) toggle(index);
  });
  useEscape(isChoosing, clear);
  const onKey = (event: KeyboardEvent): void => {
    const index = findIndex(event.target);
    const isRow = (event.target as Element).matches('.client-name, [data-row-check]');
    if (index === undefined || !isRow || event.altKey) return;
    const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
    const isOne = !event.ctrlKey && !event.metaKey && (event.key === ' ' || event.key.toLowerCase() === 'x');
    if (!isAll && !isOne) return;
    event.preventDefault();
    if (isAll) chooseAll();
    else toggle(index, event.shiftKey);
  };
  return (
    <>
      <div
        className={styles['selection-area']}
        onKeyDown={onKey}
        {...press}
        onClickCapture={(event) => {
          press.onClickCapture(event);
          const index = findIndex(event.target);
          const isBox = (event.target as Element).closest('label:has([data-row-check])') !== null;
          // While choosing on a phone, or with a finger on a larger screen, a tap anywhere in the row chooses.
          if (!(isPhone || isTap()) || !isChoosing || event.isPropagationStopped() || index === undefined || isBox)
            return;
          event.preventDefault();
          event.stopPropagation();
          toggle(index);
        }}
      >
        {children}
      </div>
      <Suspense fallback={null}>
        {isChoosing && <SelectionBar />}
        {left.length > 0 && <LeftDialog />}
      </Suspense>
    </>
  );
}

/** Esc ends choosing, unless it closes something else: a card, a dialog or a menu. */
function useEscape(isChoosing: boolean, clear: () => void): void {
  const leave = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && findTopLayer() === undefined) clear();
  });
  useEffect(() => {
    if (!isChoosing) return undefined;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      leave(event);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [isChoosing]);
}
