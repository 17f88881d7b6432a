import './dialog.css';
import { useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './button.tsx';
import { useCloseRequests } from './close-requests.ts';
import { raiseLayer } from './layers.ts';
import { useIsPhone } from './screen.ts';
import type { ReactNode, RefObject } from 'react';

interface DialogProps {
  /** Names the dialog; shown as its title unless `header` stands in. */
  readonly label: string;
  /** "no" where the label is somebody’s name. */
  readonly translate?: 'no';
  /** Esc, Android's Back, a tap outside and the button “Fechar”. Without it the dialog must be answered. */
  readonly onClose?: (() => void) | undefined;
  /**
   * `panel` stands at the right on a computer, `dialog` in the middle; both are full pages on a phone.
   * `alert` is a short question: in the middle, or at the thumb on a phone.
   */
  readonly kind?: 'dialog' | 'panel' | 'alert';
  readonly role?: 'dialog' | 'alertdialog';
  /** Stands where the title would, for example actions; the dialog still is named by `label`. */
  readonly header?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog is open while it is mounted. Focus goes in (to `[data-autofocus]` when there is one) and returns. */
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
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [scrim]);
}
