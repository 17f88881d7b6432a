import './suggest-field.css';
import { useLingui } from '@lingui/react/macro';
import { type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { foldText } from '../../shared/fold-text.ts';
import { Field } from './field.tsx';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'role' | 'list'>;

type SuggestFieldProps = Input & {
  readonly label: string;
  readonly optional?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
  readonly value: string;
  readonly suggestions: readonly string[];
  /** Called with a suggestion that was chosen from the list. */
  readonly onChoose: (suggestion: string) => void;
};

/** Enough to choose from; whoever looks for another types a letter more. */
const mostShown = 8;

/** Those that have a word which begins like the text; all while nothing is typed. */
function findMatching(suggestions: readonly string[], text: string): readonly string[] {
  const typed = foldText(text.trim());
  if (suggestions.some((each) => foldText(each) === typed)) return [];
  return suggestions.filter((each) => ` ${foldText(each)}`.includes(` ${typed}`)).slice(0, mostShown);
}

/** A field for any text, with a list of what others have written. A combobox as in the ARIA practices. */
export function SuggestField({ label, optional, hint, error, suggestions, onChoose, ...input }: SuggestFieldProps) {
  const { t } = useLingui();
  const listId = useId();
  const { shown, pointed, choose, setPointed, handlers } = useSuggestions(input, suggestions, onChoose);
  const isOpen = shown.length > 0;
  return (
    <div className="suggest">
      <Field label={label} optional={optional} hint={hint} error={error}>
        {(links) => (
          <input
            className="field-input"
            autoComplete="off"
            {...links}
            {...input}
            {...handlers}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && pointed >= 0 ? `${listId}-${pointed}` : undefined}
          />
        )}
      </Field>
      <ul
        role="listbox"
        id={listId}
        aria-label={t`Sugestões`}
        className="suggest-list"
        hidden={!isOpen}
        onMouseDown={(event) => {
          // A press of the mouse would take the focus from the field.
          event.preventDefault();
        }}
      >
        {shown.map((suggestion, index) => (
          <li
            key={suggestion}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === pointed}
            className="suggest-option"
            onPointerMove={() => {
              setPointed(index);
            }}
            onClick={() => {
              choose(suggestion);
            }}
          >
            {suggestion}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the list shows, and how the keys go through it. */
function useSuggestions(
  input: Input & Pick<SuggestFieldProps, 'value'>,
  suggestions: readonly string[],
  onChoose: (suggestion: string) => void,
) {
  const [isOpen, setOpen] = useState(false);
  const [pointed, setPointed] = useState(-1);
  const shown = isOpen ? findMatching(suggestions, input.value) : [];
  const show = (isShown: boolean): void => {
    setOpen(isShown);
    setPointed(-1);
  };
  const choose = (suggestion: string): void => {
    show(false);
    onChoose(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const suggestion = shown[pointed];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.nativeEvent.isComposing) return;
    if (step !== undefined && !isOpen) show(true);
    else if (step !== undefined && shown.length > 0)
      setPointed((Math.max(pointed, step === 1 ? -1 : 0) + step + shown.length) % shown.length);
    else if (event.key === 'Enter' && suggestion !== undefined) choose(suggestion);
    else if (event.key === 'Escape' && shown.length > 0) {
      show(false);
      event.stopPropagation();
    } else {
      input.onKeyDown?.(event);
      return;
    }
    event.preventDefault();
  };
  const handlers: Input = {
    onKeyDown,
    onFocus: (event) => {
      show(input.value === '');
      input.onFocus?.(event);
    },
    onBlur: (event) => {
      show(false);
      input.onBlur?.(event);
    },
    onChange: (event) => {
      show(true);
      input.onChange?.(event);
    },
  };
  return { shown, pointed, choose, setPointed, handlers };
}
