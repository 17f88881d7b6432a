import { Trans } from '@lingui/react/macro';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';

interface EarlierCodeProps {
  /** Why no code could be asked for. */
  readonly error: unknown;
  readonly onChosen: () => void;
}

/** On to the code for whoever may not ask for another one now: the mailbox holds one that is still good. */
export function EarlierCode({ error, onChosen }: EarlierCodeProps) {
  if (!(error instanceof ApiError) || error.status !== 429) return null;
  return (
    <Button wide onClick={onChosen}>
      <Trans>Usar o código que já chegou</Trans>
    </Button>
  );
}
