import styles from './name-fields.module.css';
import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../ui/field.tsx';
import type { FormErrors } from './form-errors.ts';

interface NameFieldsProps {
  readonly values: { readonly firstName: string; readonly lastName: string };
  readonly errors: FormErrors;
  readonly onChange: (change: { firstName: string } | { lastName: string }) => void;
}

/** A person's first and last name, side by side where there is room. */
export function NameFields({ values, errors, onChange }: NameFieldsProps) {
  const { t } = useLingui();
  return (
    <div className={styles['person-names']}>
      <TextField
        label={t`Nome`}
        error={errors['firstName']}
        autoCapitalize="words"
        autoComplete="off"
        value={values.firstName}
        onChange={(event) => {
          onChange({ firstName: event.target.value });
        }}
      />
      <TextField
        label={t`Sobrenome`}
        optional
        error={errors['lastName']}
        autoCapitalize="words"
        autoComplete="off"
        value={values.lastName}
        onChange={(event) => {
          onChange({ lastName: event.target.value });
        }}
      />
    </div>
  );
}
