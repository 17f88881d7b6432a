import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { toast, toastFailure } from '../../../../ui/toast.tsx';
import { useSelection } from './selection-context.tsx';
import { changeSeveral, type SeveralChange, undoSeveral } from './several-calls.ts';

/** Changes the chosen clients, and says what became of it with the way back and who was left as they were. */
export function useSeveral() {
  const { t } = useLingui();
  const { chosen, showLeft } = useSelection();
  const [isBusy, setBusy] = useState(false);

  const undo = async (id: string): Promise<void> => {
    try {
      const { restored, left } = await undoSeveral(id);
      toast({ message: plural(restored, { one: 'Desfeito: # cliente.', other: 'Desfeito: # clientes.' }) });
      showLeft(left);
    } catch (error) {
      toastFailure(error);
    }
  };

  /** `describe`: what was done to so many clients. @returns whether the server did it */
  const run = async (change: SeveralChange, describe: (changed: number) => string): Promise<boolean> => {
    setBusy(true);
    try {
      const { id, changed, left } = await changeSeveral([...chosen.keys()], change);
      if (id !== null)
        toast({ message: describe(changed), action: { label: t`Desfazer`, onPress: () => void undo(id) } });
      else if (left.length === 0) toast({ message: t`Nada mudou: os clientes já estavam assim.` });
      showLeft(left);
      return true;
    } catch (error) {
      toastFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { isBusy, run };
}
