import { useRef, useState } from 'react';

interface Action<Input> {
  readonly run: (input: Input) => void;
  readonly isPending: boolean;
  readonly isDone: boolean;
  readonly error: unknown;
  readonly reset: () => void;
}

type State = { readonly kind: 'idle' | 'pending' | 'done' } | { readonly kind: 'failed'; readonly error: unknown };

interface ActionOptions<Output> {
  readonly onDone: (output: Output) => void;
  readonly onFail?: (error: unknown) => void;
}

/**
 * Runs an action and follows its state: pending, done, failed. For the sign-in pages, which load without the query library.
 * A failure that comes after a reset or another run is about something that nobody asks for any more: it is left out.
 */
export function useAction<Input, Output>(
  act: (input: Input) => Promise<Output>,
  { onDone, onFail }: ActionOptions<Output>,
): Action<Input> {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const latest = useRef<symbol>(undefined);

  async function perform(input: Input): Promise<void> {
    const run = Symbol();
    latest.current = run;
    setState({ kind: 'pending' });
    try {
      const output = await act(input);
      setState({ kind: 'done' });
      onDone(output);
    } catch (error) {
      if (latest.current !== run) return;
      setState({ kind: 'failed', error });
      onFail?.(error);
    }
  }

  return {
    run: (input) => void perform(input),
    isPending: state.kind === 'pending',
    isDone: state.kind === 'done',
    error: state.kind === 'failed' ? state.error : undefined,
    reset: () => {
      latest.current = undefined;
      setState({ kind: 'idle' });
    },
  };
}
