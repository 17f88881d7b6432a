import { useRouter } from '@tanstack/react-router';
import { Wordmark } from '../ui/mark.tsx';
import { FailureState } from '../ui/states.tsx';

/** A page that broke, or that could not be reached. */
export function Failure({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const router = useRouter();
  return (
    <main className="standalone">
      <Wordmark size="1.625rem" />
      <FailureState
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
