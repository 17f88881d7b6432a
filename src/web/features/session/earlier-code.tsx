import { Trans } from '@lingui/react/macro';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';

interface EarlierCodeProps {
  /** Why no code could be requested. */
  readonly error: unknown;
  readonly onChosen: () => void;
}

/** Leads to the code step after too many requests: the mailbox has a valid code already. */
export function EarlierCode({ error, onChosen }: EarlierCodeProps) {
  if (!(error instanceof ApiError) || error.status !== 429) return null;
  return (
    <Button wide onClick={onChosen}>
      <Trans>Usar o código que já chegou</Trans>
    </Button>
  );
}
