import { useState } from 'react';
import { ApiError } from './api.ts';
import { failureText } from './failure-text.ts';

interface SaveState {
  readonly isBusy: boolean;
  /** By field; what belongs to none has the key `''`. */
  readonly errors: Readonly<Partial<Record<string, string>>>;
  /**
   * Runs a change, and then `refresh`, also after a refusal: somebody else may have changed what it is about.
   * @returns whether it was done
   */
  readonly save: (act: () => Promise<unknown>, refresh?: () => Promise<void>) => Promise<boolean>;
}

/** Runs the changes of a small form and keeps what the server says is wrong with it. */
export function useSave(): SaveState {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<SaveState['errors']>({});
  const save = async (act: () => Promise<unknown>, refresh?: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setErrors({});
    try {
      await act();
      return true;
    } catch (error) {
      const fields = error instanceof ApiError ? error.problem.errors : undefined;
      setErrors(
        fields === undefined
          ? { '': failureText(error) }
          : Object.fromEntries(fields.toReversed().map(({ path, message }) => [path, message])),
      );
      return false;
    } finally {
      await refresh?.();
      setBusy(false);
    }
  };
  return { isBusy, errors, save };
}
