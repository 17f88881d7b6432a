import './failure.css';
import { IconAlertCircle } from '@tabler/icons-react';
import { failureText } from '../lib/failure-text.ts';

/** What went wrong with something that a person asked for, beside the button; nothing without an error. Texts are shown as they are. */
export function Failure({ error }: { readonly error: unknown }) {
  if (error === undefined || error === null) return null;
  return (
    <p className="failure" role="alert">
      <IconAlertCircle size="1.25rem" aria-hidden="true" />
      <span>{typeof error === 'string' ? error : failureText(error)}</span>
    </p>
  );
}
