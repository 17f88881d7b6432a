import { useRouter } from '@tanstack/react-router';
import { FailureState } from '../ui/states.tsx';
import { Standalone } from './standalone.tsx';

/** A page that broke, or that could not be reached. */
export function Failure({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const router = useRouter();
  return (
    <Standalone>
      <FailureState
        level={1}
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Standalone>
  );
}
