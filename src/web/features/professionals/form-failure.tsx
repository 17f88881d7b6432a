import { IconAlertCircle } from '@tabler/icons-react';

/** What no single field can show, such as why the last administrator stays. */
export function FormFailure({ message }: { readonly message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p className="person-failure" role="alert">
      <IconAlertCircle size="1.25rem" aria-hidden="true" />
      {message}
    </p>
  );
}
