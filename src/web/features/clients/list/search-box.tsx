import styles from './search-box.module.css';
import { useLingui } from '@lingui/react/macro';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useAppearance } from '../../../lib/appearance.ts';
import { IconButton } from '../../../ui/button.tsx';
import { useIsPhone } from '../../../ui/screen.ts';

interface SearchBoxProps {
  /** The search whose results are shown. */
  readonly query: string;
  readonly isBusy: boolean;
  readonly onSearch: (query: string) => void;
  /** Called for Down and Enter, which move on to the results. */
  readonly onLeave: () => void;
}

/** Milliseconds without typing after which the search starts. */
const pause = 120;

/** Searches while the person types, after a short pause. */
export function SearchBox({ query, isBusy, onSearch, onLeave }: SearchBoxProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const { singleKeyShortcuts } = useAppearance();
  const isPhone = useIsPhone();
  const { text, setText, searchNow } = useTypedQuery(query, onSearch);
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      searchNow(text);
      onLeave();
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      searchNow('');
    }
  };
  return (
    <div className={styles['client-search']} data-busy={isBusy ? '' : undefined}>
      <IconSearch className={styles['client-search-icon']} size="1.25rem" aria-hidden="true" />
      <input
        ref={input}
        type="search"
        className="field-input"
        data-client-search=""
        aria-label={t`Buscar clientes`}
        aria-keyshortcuts={singleKeyShortcuts ? '/' : undefined}
        placeholder={isPhone ? t`Nome, telefone ou CPF` : t`Nome, telefone, CPF, nascimento ou cidade`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={onKey}
      />
      {text === '' ? (
        singleKeyShortcuts && (
          <kbd className={styles['client-search-key']} aria-hidden="true">
            /
          </kbd>
        )
      ) : (
        <IconButton
          label={t`Limpar busca`}
          icon={<IconX size="1.125rem" aria-hidden="true" />}
          onClick={() => {
            searchNow('');
            input.current?.focus();
          }}
        />
      )}
    </div>
  );
}

/** The typed text, which becomes the query after the pause. A query from elsewhere (Back, a link) replaces the text. */
function useTypedQuery(query: string, onSearch: (query: string) => void) {
  const [typed, setTyped] = useState({ text: query, asked: query, seen: query });
  if (typed.seen !== query)
    setTyped({ ...(query === typed.asked ? typed : { text: query, asked: query }), seen: query });

  const searchNow = (text: string): void => {
    const asked = text.trim();
    setTyped((before) => ({ ...before, text, asked }));
    // `query` may lag behind: the address may not have the last query yet.
    if (asked !== query || asked !== typed.asked) onSearch(asked);
  };
  useEffect(() => {
    if (typed.text.trim() === typed.asked) return;
    const search = (): void => {
      searchNow(typed.text);
    };
    const timer = setTimeout(search, pause);
    // Whoever opens a client within the pause comes back to the list that they had typed, and is not taken back to it at once.
    document.addEventListener('click', search, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('click', search, { capture: true });
    };
  });
  const setText = (text: string): void => {
    setTyped((before) => ({ ...before, text }));
  };
  return { text: typed.text, setText, searchNow };
}
