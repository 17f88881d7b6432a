import './dialog.css';
import { useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { wasPageShown } from './arrival.ts';
import { IconButton } from './button.tsx';
import { useCloseRequests } from './close-requests.ts';
import { giveFocusBack } from './focus.ts';
import { isTopLayer, raiseLayer } from './layers.ts';
import { useIsPhone, useIsWide } from './screen.ts';
import type { ReactNode, RefObject } from 'react';

interface DialogProps {
  /** The name of the dialog. It is shown as the title, unless there is a `header`. */
  readonly label: string;
  /** `no` if the label is somebody’s name. */
  readonly translate?: 'no';
  /** Called for Esc, Android's Back, a tap outside and the button “Fechar”. Without it the dialog must be answered. */
  readonly onClose?: (() => void) | undefined;
  /**
   * On a computer, `panel` is at the right and `dialog` in the middle; on a phone both are full pages. `alert` is a short
   * question: in the middle, and on a phone at the bottom.
   */
  readonly kind?: 'dialog' | 'panel' | 'alert';
  /** On a wide screen the panel stands beside the page, which stays in use. */
  readonly isBeside?: boolean;
  /** What takes the focus after the dialog; left out, it is what had it before. */
  readonly findReturn?: () => Element | null;
  readonly role?: 'dialog' | 'alertdialog';
  /** Content in place of the title, for example actions. */
  readonly header?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog, open while it is mounted. It takes the focus (to `[data-autofocus]` if there is one) and gives it back. */
export function Dialog({
  label,
  translate,
  onClose,
  kind = 'dialog',
  isBeside = false,
  findReturn,
  role = 'dialog',
  header,
  footer,
  children,
}: DialogProps) {
  const { t } = useLingui();
  const scrim = useRef<HTMLDivElement>(null);
  const isFullPage = useIsPhone() && kind !== 'alert';
  const isModal = !useIsWide() || !isBeside;
  // A dialog that the page begins with comes from nowhere, so it does not move in.
  const [isStill] = useState(() => !wasPageShown());
  useLayer(scrim, isModal);
  useFocus(scrim, findReturn);
  useCloseRequests(scrim, onClose);
  useTapBeside(scrim, isModal ? undefined : onClose);
  return createPortal(
    <div
      className="dialog-scrim"
      data-kind={kind}
      data-beside={isModal ? undefined : ''}
      data-still={isStill ? '' : undefined}
      ref={scrim}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
    >
      <div className="dialog" role={role} aria-modal={isModal || undefined} aria-label={label} tabIndex={-1}>
        <div className="dialog-bar">
          {header === undefined ? (
            <h2 className="dialog-title" translate={translate}>
              {label}
            </h2>
          ) : (
            <div className="dialog-title">{header}</div>
          )}
          {onClose !== undefined && (
            <IconButton label={t`Fechar`} icon={isFullPage ? <IconArrowLeft /> : <IconX />} onClick={onClose} />
          )}
        </div>
        <div className="dialog-body">{children}</div>
        {footer !== undefined && <div className="dialog-footer">{footer}</div>}
      </div>
    </div>,
    document.body,
  );
}

/** Puts the dialog on top of all others. */
function useLayer(scrim: RefObject<HTMLDivElement | null>, isModal: boolean): void {
  useLayoutEffect(() => {
    if (scrim.current === null) return undefined;
    return raiseLayer(scrim.current, isModal);
  }, [scrim, isModal]);
}

/** Moves the focus into the dialog, and back when it is closed, unless it is on the page beside it by then. */
function useFocus(scrim: RefObject<HTMLDivElement | null>, findReturn: (() => Element | null) | undefined): void {
  const giveBack = useEffectEvent((before: Element | null) => {
    giveFocusBack(findReturn?.() ?? before);
  });
  useLayoutEffect(() => {
    const layer = scrim.current;
    if (layer === null) return;
    const before = document.activeElement;
    const target = layer.querySelector<HTMLElement>('[data-autofocus]') ?? layer.querySelector<HTMLElement>('.dialog');
    if (!layer.contains(document.activeElement)) target?.focus({ preventScroll: true });
    return () => {
      const { activeElement } = document;
      const isHere = activeElement === document.body || layer.contains(activeElement);
      if (isHere || layer.dataset['beside'] === undefined) giveBack(before);
    };
  }, [scrim]);
}

/** What a tap beside the dialog is for, if it is for anything. */
const useful = 'a, button, input, select, textarea, label, summary, [role], [tabindex]:not(main), [popover]';

/** Closes the dialog that stands beside the page for a tap on the page's empty ground. */
function useTapBeside(scrim: RefObject<HTMLDivElement | null>, onClose: (() => void) | undefined): void {
  const onTap = useEffectEvent(({ target }: MouseEvent) => {
    const isMarking = getSelection()?.isCollapsed === false;
    if (!(target instanceof Element) || !target.isConnected || isMarking || !isTopLayer(scrim.current)) return;
    if (scrim.current?.contains(target) !== true && target.closest(useful) === null) onClose?.();
  });
  const isOn = onClose !== undefined;
  useEffect(() => {
    if (!isOn) return undefined;
    document.addEventListener('click', onTap);
    return () => {
      document.removeEventListener('click', onTap);
    };
  }, [isOn]);
}
