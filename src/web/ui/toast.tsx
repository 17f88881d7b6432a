import './toast.css';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { TextButton } from './button.tsx';

interface Toast {
  readonly message: string;
  /** A way back, such as “Desfazer”. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** Milliseconds it stays. */
  readonly stays?: number;
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

/** Tells of something that is not in sight. What is in sight needs no toast. */
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

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where toasts appear; once in the app, outside what dialogs make inert. */
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
