import styles from './client-field.module.css';
import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/field.tsx';
import type { ChosenClient } from './booking-form.ts';
import { ClientSearch } from './client-search.tsx';

interface ClientFieldProps {
  readonly client: ChosenClient | undefined;
  readonly error: string | undefined;
  /** What is wrong with a new client's phone. */
  readonly phoneError: string | undefined;
  readonly onChoose: (client: ChosenClient | undefined) => void;
}

/** Who comes: found by typing, or registered along with the booking, with a phone. */
export function ClientField({ client, error, phoneError, onChoose }: ClientFieldProps) {
  const { t } = useLingui();
  return (
    <div className={styles['field']}>
      <ClientSearch client={client} error={error} mayRegister onChoose={onChoose} />
      {client?.kind === 'new' && (
        <TextField
          label={t`Telefone`}
          optional
          type="tel"
          autoComplete="off"
          error={phoneError}
          value={client.phone}
          onChange={(event) => {
            onChoose({ ...client, phone: event.target.value });
          }}
        />
      )}
    </div>
  );
}
