import { useRouter } from '@tanstack/react-router';
import { FailureState } from '../ui/states.tsx';
import { Standalone } from './standalone.tsx';

/** Shown in place of a page that failed to load or to render. */
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
