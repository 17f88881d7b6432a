import styles from './form-failure.module.css';
import { IconAlertCircle } from '@tabler/icons-react';

/** Shows an error that belongs to no field, for example that the last administrator must stay. */
export function FormFailure({ message }: { readonly message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p className={styles['person-failure']} role="alert">
      <IconAlertCircle size="1.25rem" aria-hidden="true" />
      {message}
    </p>
  );
}
