import { t } from '@lingui/core/macro';
import { failureText } from '../../lib/failure-text.ts';
import { toast } from '../../ui/toast.tsx';
import { dismiss, withdrawDismissal } from './duplicates-api.ts';

const tellFailure = (error: unknown): void => {
  toast({ message: failureText(error) });
};

/** Remembers that they are two people, with the way back; tells whether it was done. */
export async function tellApart(clientIds: [string, string]): Promise<boolean> {
  try {
    const id = await dismiss(clientIds);
    toast({
      message: t`Anotado: são duas pessoas.`,
      action: { label: t`Desfazer`, onPress: () => void withdrawDismissal(id).catch(tellFailure) },
    });
    return true;
  } catch (error) {
    tellFailure(error);
    return false;
  }
}
