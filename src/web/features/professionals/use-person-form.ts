import { type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type FormErrors, readErrors } from './form-errors.ts';

/** A checked form: the body to be sent, or the errors. */
type Checked<Body> = { readonly body: Body } | { readonly errors: FormErrors };

interface PersonFormOptions<Body> {
  readonly read: () => Checked<Body>;
  readonly send: (body: Body) => Promise<unknown>;
  readonly onDone: () => void;
}

export interface PersonFormState {
  readonly area: RefObject<HTMLFormElement | null>;
  readonly errors: FormErrors;
  readonly isBusy: boolean;
  readonly submit: () => Promise<void>;
}

/** Checks and sends a small form. The first field with an error gets the focus. */
export function usePersonForm<Body>({ read, send, onDone }: PersonFormOptions<Body>): PersonFormState {
  const area = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FormErrors>({});
  const [isBusy, setBusy] = useState(false);

  const show = (found: FormErrors): void => {
    flushSync(() => {
      setErrors(found);
    });
    area.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  };
  const submit = async (): Promise<void> => {
    const checked = read();
    if ('errors' in checked) {
      show(checked.errors);
      return;
    }
    setErrors({});
    setBusy(true);
    try {
      await send(checked.body);
      onDone();
    } catch (error) {
      show(readErrors(error));
    } finally {
      setBusy(false);
    }
  };
  return { area, errors, isBusy, submit };
}
