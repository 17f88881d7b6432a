import { Trans } from '@lingui/react/macro';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';

interface EarlierCodeProps {
  /** Why no code could be asked for. */
  readonly error: unknown;
  readonly onChosen: () => void;
}

/** A way to the code step for those who may not request another code now: the mailbox has a valid one. */
export function EarlierCode({ error, onChosen }: EarlierCodeProps) {
  if (!(error instanceof ApiError) || error.status !== 429) return null;
  return (
    <Button wide onClick={onChosen}>
      <Trans>Usar o código que já chegou</Trans>
    </Button>
  );
}
