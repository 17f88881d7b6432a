import styles from './client-field.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import {
  FoundNotice,
  type FoundClients,
  describeFound,
  useFoundClients,
} from '../../../entities/client/found-clients.tsx';
import { fullName } from '../../../lib/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import type { ChosenClient } from './booking-form.ts';

interface ClientSearchProps {
  readonly client: ChosenClient | undefined;
  readonly error: string | undefined;
  /** Whether somebody unknown may be chosen, to be registered. */
  readonly mayRegister: boolean;
  readonly onChoose: (client: ChosenClient | undefined) => void;
}

/** Finds a client by typing; once chosen, shows them with a way back. */
export function ClientSearch({ client, ...search }: ClientSearchProps) {
  const area = useFocusAfterChoice(client !== undefined);
  return (
    <div ref={area}>
      {client === undefined ? <Combobox {...search} /> : <Chosen client={client} onChoose={search.onChoose} />}
    </div>
  );
}

/** Once somebody is chosen, the next field has the focus: another Enter must not undo the choice. After “Trocar” it is the search. */
function useFocusAfterChoice(isChosen: boolean): RefObject<HTMLDivElement | null> {
  const area = useRef<HTMLDivElement>(null);
  const wasChosen = useRef(isChosen);
  useLayoutEffect(() => {
    if (wasChosen.current === isChosen) return;
    wasChosen.current = isChosen;
    const here = area.current;
    if (here === null) return;
    const fields = [...(here.closest('form') ?? here).querySelectorAll<HTMLElement>('input, select, textarea')];
    const isWanted = (field: HTMLElement): boolean =>
      isChosen
        ? (here.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !here.contains(field)
        : here.contains(field);
    fields.find(isWanted)?.focus();
  }, [isChosen]);
  return area;
}

function Chosen({ client, onChoose }: { readonly client: ChosenClient } & Pick<ClientSearchProps, 'onChoose'>) {
  return (
    <div className={styles['chosen']}>
      <Avatar name={client.name} />
      <span className={styles['words']}>
        <span className={styles['name']} translate="no">
          {client.name}
        </span>
        {client.kind === 'new' && (
          <span className={styles['note']}>
            <Trans>Será cadastrado junto</Trans>
          </span>
        )}
      </span>
      <Button
        variant="quiet"
        onClick={() => {
          onChoose(undefined);
        }}
      >
        <Trans>Trocar</Trans>
      </Button>
    </div>
  );
}

interface Option {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: ReactNode;
  readonly client: ChosenClient;
}

function useOptions(text: string, { clients, isCurrent, error }: FoundClients, mayRegister: boolean): Option[] {
  const { t } = useLingui();
  const typed = text.trim();
  const found = clients.map((client): Option => {
    const name = fullName(client);
    return {
      id: client.id,
      label: name,
      detail: describeFound(client),
      icon: <Avatar name={name} size="2rem" />,
      client: { kind: 'known', id: client.id, name, professionalId: client.professionalId },
    };
  });
  const register: Option = {
    id: 'new',
    label: t`Cadastrar “${typed}”`,
    detail: '',
    icon: <IconUserPlus aria-hidden="true" />,
    client: { kind: 'new', name: typed, phone: '' },
  };
  return mayRegister && isCurrent && error === null && /\p{L}/u.test(typed) ? [...found, register] : found;
}

/** A combobox as in the ARIA practices: the focus stays in the field, arrows go through the list. */
function Combobox({ error, mayRegister, onChoose }: Omit<ClientSearchProps, 'client'>) {
  const { t } = useLingui();
  const listId = useId();
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState(0);
  const found = useFoundClients(text);
  const options = useOptions(text, found, mayRegister);
  const active = options[Math.min(pointed, options.length - 1)];
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || options.length === 0) return;
    if (event.key === 'ArrowDown') setPointed((pointed + 1) % options.length);
    else if (event.key === 'ArrowUp') setPointed((pointed - 1 + options.length) % options.length);
    else if (event.key === 'Enter' && active !== undefined && found.isCurrent) onChoose(active.client);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['search']}>
      <Field label={t`Cliente`} error={error}>
        {(links) => (
          <input
            {...links}
            className="field-input"
            role="combobox"
            aria-expanded={options.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active === undefined ? undefined : `${listId}-${active.id}`}
            autoComplete="off"
            spellCheck={false}
            data-autofocus=""
            placeholder={t`Nome, telefone ou CPF`}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setPointed(0);
            }}
            onKeyDown={onKey}
          />
        )}
      </Field>
      <ul
        role="listbox"
        id={listId}
        aria-label={t`Clientes encontrados`}
        className={styles['options']}
        hidden={options.length === 0}
        onMouseDown={(event) => {
          // A press of the mouse would take the focus from the field.
          event.preventDefault();
        }}
      >
        {options.map((option, index) => (
          <li
            key={option.id}
            id={`${listId}-${option.id}`}
            role="option"
            aria-selected={option === active}
            className={styles['option']}
            onPointerMove={() => {
              setPointed(index);
            }}
            onClick={() => {
              onChoose(option.client);
            }}
          >
            {option.icon}
            <span className={styles['words']}>
              <span className={styles['name']} translate={option.id === 'new' ? undefined : 'no'}>
                {option.label}
              </span>
              {option.detail !== '' && <span className={styles['note']}>{option.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
      {options.length === 0 && <FoundNotice text={text} found={found} />}
    </div>
  );
}
