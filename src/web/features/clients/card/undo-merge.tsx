import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClientMerge } from '../../../../shared/contracts/clients.ts';
import { refreshMerged, undoMerge } from '../../../entities/merge/merges.ts';
import { Button } from '../../../ui/button.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';

/** The button at a merge in the history that takes it back, while that is possible. */
export function UndoMerge({ merge }: { readonly merge: ClientMerge }) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [openedAt] = useState(() => Date.now());
  if (merge.undoneAt !== null || Date.parse(merge.undoUntil) < openedAt) return null;
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      const kept = await undoMerge(merge.id);
      if (kept.length > 0) toast({ message: t`União desfeita. O que foi alterado depois dela ficou como está.` });
      await refreshMerged();
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={isBusy} onClick={() => void undo()}>
      <Trans>Desfazer a união</Trans>
    </Button>
  );
}
