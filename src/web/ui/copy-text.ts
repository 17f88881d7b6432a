import { toast, toastFailure } from './toast.tsx';

/** Whether the browser lets a page copy; plain http does not. */
export const canCopy = (): boolean => (navigator as Partial<Navigator>).clipboard !== undefined;

/** Copies a text, and says so with `message`. */
export async function copyText(text: string, message: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ message });
  } catch (error) {
    toastFailure(error);
  }
}
