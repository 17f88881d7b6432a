import './dialog.css';
import { useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './button.tsx';
import { useCloseRequests } from './close-requests.ts';
import { giveFocusBack } from './focus.ts';
import { raiseLayer } from './layers.ts';
import { useIsPhone } from './screen.ts';
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
  role = 'dialog',
  header,
  footer,
  children,
}: DialogProps) {
  const { t } = useLingui();
  const scrim = useRef<HTMLDivElement>(null);
  const isFullPage = useIsPhone() && kind !== 'alert';
  useLayer(scrim);
  useCloseRequests(scrim, onClose);
  return createPortal(
    <div
      className="dialog-scrim"
      data-kind={kind}
      ref={scrim}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
    >
      <div className="dialog" role={role} aria-modal="true" aria-label={label} tabIndex={-1}>
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

/** Puts the dialog on top of all others, and moves the focus into it and back. */
function useLayer(scrim: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const layer = scrim.current;
    if (layer === null) return;
    const before = document.activeElement;
    const lower = raiseLayer(layer);
    const target = layer.querySelector<HTMLElement>('[data-autofocus]') ?? layer.querySelector<HTMLElement>('.dialog');
    if (!layer.contains(document.activeElement)) target?.focus({ preventScroll: true });
    return () => {
      lower();
      giveFocusBack(before);
    };
  }, [scrim]);
}
