import './toast.css';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { failureText } from '../lib/failure-text.ts';
import { TextButton } from './button.tsx';

interface Toast {
  readonly message: string;
  /** A button, such as “Desfazer”. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** Milliseconds for which it is shown; 5 s without it, 10 s with an action. */
  readonly stays?: number;
  /** What it is about, for `dismissToasts` when that is no longer so. */
  readonly about?: string;
}

interface Shown extends Toast {
  readonly id: number;
}

let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function show(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number): void => {
  show(shown.filter((each) => each.id !== id));
};

/** Shows a short message, for something that is not visible on the page. At most three are shown. */
export function toast(message: Toast): void {
  const id = nextId++;
  show([...shown.slice(-2), { ...message, id }]);
  setTimeout(
    () => {
      dismiss(id);
    },
    message.stays ?? (message.action === undefined ? 5_000 : 10_000),
  );
}

/** Takes away messages about something that has changed again meanwhile. */
export function dismissToasts(about: string): void {
  show(shown.filter((each) => each.about !== about));
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Shows why a request failed. */
export function toastFailure(error: unknown): void {
  toast({ message: failureText(error) });
}

/** The place of toasts; once in the app, outside the page, which dialogs make inert. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return createPortal(
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, message, action }) => (
        <div className="toast" key={id}>
          <span>{message}</span>
          {action !== undefined && (
            <TextButton
              onClick={() => {
                dismiss(id);
                action.onPress();
              }}
            >
              {action.label}
            </TextButton>
          )}
        </div>
      ))}
    </div>,
    document.body,
  );
}
