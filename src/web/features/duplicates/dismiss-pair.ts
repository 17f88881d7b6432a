import { t } from '@lingui/core/macro';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { dismiss, withdrawDismissal } from './duplicates-api.ts';

/** Marks two clients as different people. A toast offers to undo it. @returns whether it succeeded */
export async function dismissPair(clientIds: [string, string]): Promise<boolean> {
  try {
    const id = await dismiss(clientIds);
    toast({
      message: t`Anotado: são duas pessoas.`,
      action: { label: t`Desfazer`, onPress: () => void withdrawDismissal(id).catch(toastFailure) },
    });
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  }
}
