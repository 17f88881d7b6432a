import styles from './palette.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { useIsAway } from '../../lib/connection.ts';
import type { CommandEntry } from '../../lib/feature.ts';
import { failureText } from '../../lib/failure-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { OptionList, optionId } from './option-list.tsx';
import { orderOptions, type PaletteOption } from './palette-option.ts';
import { useClientOptions } from './use-client-options.tsx';
import { useCommands } from './use-commands.ts';

interface PaletteProps {
  readonly commands: readonly CommandEntry[];
  /** What was typed before the palette had loaded, and whether Enter followed. */
  readonly start: { readonly text: string; readonly isEntered: boolean };
  readonly onClose: () => void;
}

/** Finds clients, actions and pages: a combobox with a list box, as in the ARIA practices, in a dialog. */
export function Palette({ commands: entries, start, onClose }: PaletteProps) {
  const { t } = useLingui();
  const listId = useId();
  const [text, setText] = useState(start.text);
  const commands = useCommands(entries);
  const clients = useClientOptions(text);
  const found = orderOptions(commands, clients.options, text);
  const options = found.length === 0 && clients.register !== undefined ? [clients.register] : found;
  const { active, move, moveTo, choose, enter } = useChoice({
    options,
    text,
    isCurrent: clients.isCurrent,
    isEntered: start.isEntered,
    onClose,
  });

  const search = (
    <div className={styles['palette-search']}>
      <IconSearch size="1.25rem" aria-hidden="true" />
      <input
        type="text"
        role="combobox"
        className={styles['palette-input']}
        data-autofocus=""
        aria-label={t`Buscar ou ir para`}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : optionId(listId, active)}
        placeholder={t`Cliente, ação ou página`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          handleKey(event, move, enter);
        }}
      />
    </div>
  );
  return (
    <Dialog label={t`Buscar ou ir para`} header={search} onClose={onClose}>
      <div className={styles['command-palette']}>
        <OptionList id={listId} options={options} active={active} onPoint={moveTo} onChoose={choose} />
        <p className={styles['palette-note']} role="status">
          {clients.error !== null
            ? failureText(clients.error)
            : clients.isCurrent && <Found text={text.trim()} count={options.length} />}
        </p>
      </div>
    </Dialog>
  );
}

function handleKey(event: KeyboardEvent, move: (step: 1 | -1) => void, enter: () => void): void {
  if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'ArrowDown') move(1);
  else if (event.key === 'ArrowUp') move(-1);
  else if (event.key === 'Enter') enter();
  else return;
  event.preventDefault();
}

/** The number of options, for screen readers; visible only when there are none. */
function Found({ text, count }: { readonly text: string; readonly count: number }) {
  const isAway = useIsAway();
  if (count === 0)
    return isAway ? (
      <Trans>Sem conexão: “{text}” não está entre os clientes vistos nesta sessão, mas a clínica pode ter.</Trans>
    ) : (
      <Trans>Nada encontrado com “{text}”.</Trans>
    );
  if (text === '') return null;
  return (
    <span className="visually-hidden">
      <Plural value={count} _0="Nenhuma opção" one="# opção" other="# opções" />
    </span>
  );
}

interface Choice {
  readonly options: readonly PaletteOption[];
  readonly text: string;
  /** Whether the options belong to the text, and not to an earlier one. */
  readonly isCurrent: boolean;
  /** Whether Enter was pressed before the palette had loaded. */
  readonly isEntered: boolean;
  readonly onClose: () => void;
}

/**
 * The active option: the first one, until the person moves to another. Enter right after typing waits for the clients of the
 * new text, so that it never opens a result of the old one.
 */
function useChoice({ options, text, isCurrent, isEntered, onClose }: Choice) {
  const [moved, setMoved] = useState<{ readonly text: string; readonly id: string }>();
  const [waiting, setWaiting] = useState(isEntered ? text : undefined);
  const pointed = moved?.text === text ? options.find(({ id }) => id === moved.id) : undefined;
  const active = pointed ?? options[0];

  const choose = (option: PaletteOption): void => {
    onClose();
    option.run();
  };
  const chooseFirst = useEffectEvent(() => {
    if (options[0] !== undefined) choose(options[0]);
  });
  const isReady = waiting === text && isCurrent;
  useEffect(() => {
    if (isReady) chooseFirst();
  }, [isReady]);

  return {
    active: active?.id,
    choose,
    moveTo: (id: string): void => {
      setMoved({ text, id });
    },
    move: (step: 1 | -1): void => {
      const at = options.findIndex(({ id }) => id === active?.id);
      const next = options[(at + step + options.length) % options.length];
      setWaiting(undefined);
      if (next !== undefined) setMoved({ text, id: next.id });
    },
    enter: (): void => {
      if (pointed !== undefined) choose(pointed);
      else setWaiting(text);
    },
  };
}
