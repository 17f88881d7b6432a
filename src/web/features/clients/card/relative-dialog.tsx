import styles from './relatives.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { type RelativeKind, relativeKinds } from '../../../../shared/contracts/relatives.ts';
import { FoundNotice, describeFound, useFoundClients } from '../../../entities/client/found-clients.tsx';
import { api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { fullName } from '../../../lib/format.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { relativeWords } from './relative-words.ts';
import { refreshRelatives } from './relatives-query.ts';

interface RelativeDialogProps {
  readonly client: Client;
  /** Whether nobody is linked yet: then the guardian is looked for. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

/** Links another client as family. */
export function RelativeDialog({ client, isFirst, onClose }: RelativeDialogProps) {
  const { t, i18n } = useLingui();
  const guardian = isFirst ? client.guardian.name : null;
  const [kind, setKind] = useState<RelativeKind>(guardian === null ? 'parent' : 'guardian');
  const [text, setText] = useState(guardian ?? '');
  const [chosen, setChosen] = useState<string>();
  const { isBusy, failure, send } = useLink(client.id, onClose);
  const kinds = relativeKinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <FormDialog
      label={t`Vincular familiar`}
      isBusy={isBusy}
      failure={failure}
      action={<Trans>Vincular</Trans>}
      onSubmit={() => void send(chosen, kind)}
      onClose={onClose}
    >
      <SelectField
        label={t`Quem é para este cliente`}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as RelativeKind);
        }}
      >
        {kinds.map((each) => (
          <option key={each} value={each}>
            {i18n._(relativeWords[each])}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t`Procurar entre os clientes`}
        data-autofocus=""
        autoComplete="off"
        spellCheck={false}
        placeholder={t`Nome, telefone ou CPF`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(undefined);
        }}
      />
      <Found text={text} except={client.id} chosen={chosen} onChoose={setChosen} />
    </FormDialog>
  );
}

const order = Object.keys(relativeWords) as RelativeKind[];

function useLink(id: string, onDone: () => void) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const send = async (clientId: string | undefined, kind: RelativeKind): Promise<void> => {
    if (clientId === undefined) {
      setFailure(t`Escolha quem é, na lista abaixo da busca.`);
      return;
    }
    setBusy(true);
    try {
      await api('POST /clients/{id}/relatives', { params: { id }, body: { clientId, kind } });
      await refreshRelatives();
      onDone();
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  return { isBusy, failure, send };
}

interface FoundProps {
  readonly text: string;
  readonly except: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** The clients whom the search finds, one of whom can be chosen. */
function Found({ text, except, chosen, onChoose }: FoundProps) {
  const { t } = useLingui();
  const search = useFoundClients(text);
  const clients = search.clients.filter(({ id }) => id !== except);
  if (clients.length === 0) return <FoundNotice text={text} found={{ ...search, clients }} />;
  return (
    <fieldset className={styles['options']}>
      <legend className="visually-hidden">{t`Clientes encontrados`}</legend>
      {clients.map((client) => (
        <label key={client.id} className={styles['option']}>
          <input
            type="radio"
            name="relative"
            checked={chosen === client.id}
            onChange={() => {
              onChoose(client.id);
            }}
          />
          <span className={styles['words']}>
            <span translate="no">{fullName(client)}</span>
            <span className={styles['kind']} translate="no">
              {describeFound(client)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
