import styles from './lgpd.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type DataRequestKind, dataRequestKinds } from '../../../shared/contracts/data-requests.ts';
import { FoundNotice, describeFound, useFoundClients } from '../../entities/client/found-clients.tsx';
import { api } from '../../lib/api.ts';
import { fullName } from '../../lib/format.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { kindNames } from './kind-words.ts';
import { refreshRequests } from './request-queries.ts';

interface Chosen {
  readonly id: string;
  readonly name: string;
}

interface NewRequestDialogProps {
  readonly client?: Chosen;
  readonly onClose: () => void;
}

/** Notes that somebody has asked for something; the time to answer begins. */
export function NewRequestDialog({ client: given, onClose }: NewRequestDialogProps) {
  const { t, i18n } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [client, setClient] = useState(given);
  const [isMissing, setMissing] = useState(false);
  const [kind, setKind] = useState<DataRequestKind>('access');
  const [identifiedBy, setIdentifiedBy] = useState('');
  const send = async (): Promise<void> => {
    setMissing(client === undefined);
    if (client === undefined) return;
    const body = { clientId: client.id, kind, identifiedBy };
    const isSaved = await save(async () => {
      await api('POST /data-requests', { body });
      await refreshRequests();
    });
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={t`Novo pedido`}
      isBusy={isBusy}
      failure={errors['']}
      action={<Trans>Registrar pedido</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {client === undefined ? (
        <ClientChoice error={isMissing ? t`Escolha o cliente.` : undefined} onChoose={setClient} />
      ) : (
        <p className={styles['chosen']}>
          <strong translate="no">{client.name}</strong>
          {given === undefined && (
            <Button
              variant="quiet"
              onClick={() => {
                setClient(undefined);
              }}
            >
              <Trans>Trocar</Trans>
            </Button>
          )}
        </p>
      )}
      <SelectField
        label={t`O que a pessoa pede`}
        error={errors['kind']}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as DataRequestKind);
        }}
      >
        {dataRequestKinds.map((each) => (
          <option key={each} value={each}>
            {i18n._(kindNames[each])}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t`Como a pessoa foi identificada`}
        placeholder={t`Documento visto no balcão…`}
        maxLength={200}
        error={errors['identifiedBy']}
        value={identifiedBy}
        onChange={(event) => {
          setIdentifiedBy(event.target.value);
        }}
      />
    </FormDialog>
  );
}

interface ClientChoiceProps {
  readonly error: string | undefined;
  readonly onChoose: (client: Chosen) => void;
}

/** Finds a client by typing; each one found is a button. */
function ClientChoice({ error, onChoose }: ClientChoiceProps) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const found = useFoundClients(text);
  return (
    <div>
      <TextField
        label={t`Cliente`}
        placeholder={t`Nome, telefone ou CPF`}
        autoComplete="off"
        data-autofocus=""
        error={error}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <ul
        role="list"
        aria-label={t`Clientes encontrados`}
        className={styles['found']}
        hidden={found.clients.length === 0}
      >
        {found.clients.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className={styles['choice']}
              onClick={() => {
                onChoose({ id: each.id, name: fullName(each) });
              }}
            >
              <span translate="no">{fullName(each)}</span>
              <span className={styles['note']}>{describeFound(each)}</span>
            </button>
          </li>
        ))}
      </ul>
      <FoundNotice text={text} found={found} />
    </div>
  );
}
