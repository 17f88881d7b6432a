import inks from '../../../entities/tag/tag-color.module.css';
import styles from './tags-field.module.css';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { mostTags } from '../../../../shared/client-fields.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { Field } from '../../../ui/field.tsx';
import { TagIcon } from '../../../entities/tag/tag-icon.tsx';
import { type TagLook, useTagLooks } from '../../../entities/tag/tag-queries.ts';
import { classNames } from '../../../ui/class-names.ts';
import { TagSuggestions } from './tag-suggestions.tsx';
import { useTagSuggestions } from './use-tag-suggestions.ts';

interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly error?: ReactNode;
  readonly onChange: (tags: readonly string[]) => void;
}

/**
 * The field for a client's tags, with suggestions. Enter takes the suggestion that is marked; a comma or leaving the field ends the
 * tag as typed. Backspace takes away the last one shown.
 */
export function TagsField({ tags, error, onChange }: TagsFieldProps) {
  const { labelOf } = useFieldLabels();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const list = useTagSuggestions(text, tags);
  const looks = useTagLooks(tags);
  const addTags = (...added: readonly string[]): void => {
    setText('');
    list.close();
    if (added.length > 0) onChange([...new Set([...tags, ...added])]);
  };
  const add = (written: string): void => {
    const words = written.split(',').map((word) => word.trim());
    addTags(...words.filter((word) => word !== '').map(list.spell));
  };
  const remove = (name: string | undefined): void => {
    onChange(tags.filter((each) => each !== name));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || list.handleKey(event, addTags)) return;
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '') remove(looks.at(-1)?.name);
  };
  const { hint, tooMany } = useTagLimit(tags.length - mostTags);
  return (
    <Field label={labelOf('tags')} optional error={tooMany || error} hint={hint}>
      {(links) => (
        <div
          className="field-input tags-input"
          onClick={() => {
            input.current?.focus();
          }}
        >
          {looks.map((tag) => (
            <Tag
              key={tag.name}
              tag={tag}
              onRemove={() => {
                remove(tag.name);
                input.current?.focus();
              }}
            />
          ))}
          <input
            {...links}
            ref={input}
            value={text}
            name="tags"
            role="combobox"
            aria-expanded={list.found.length > 0}
            aria-controls={list.listId}
            aria-autocomplete="list"
            aria-activedescendant={list.active && list.optionId(list.active.id)}
            autoComplete="off"
            autoCapitalize="off"
            enterKeyHint="enter"
            onChange={({ target: { value } }) => {
              if (value.includes(',')) add(value);
              else {
                setText(value);
                if (value.trim() === '') list.close();
                else list.open();
              }
            }}
            onKeyDown={onKey}
            onBlur={() => {
              add(text);
            }}
          />
          <TagSuggestions list={list} onPick={addTags} />
        </div>
      )}
    </Field>
  );
}

/** Hint and error about the number of tags. `excess`: how many are over the limit; negative below it. */
function useTagLimit(excess: number) {
  const { t } = useLingui();
  return {
    hint:
      excess < 0
        ? t`Enter escolhe a sugestão; vírgula cria a etiqueta como escrita`
        : t`São ${mostTags} etiquetas, o máximo: tire uma para incluir outra.`,
    tooMany: excess > 0 && t`Cabem ${mostTags} etiquetas: tire ${excess}.`,
  };
}

/** A chosen tag; one that warns has its colour and icon here too. */
function Tag({ tag, onRemove }: { readonly tag: TagLook; readonly onRemove: () => void }) {
  const { t } = useLingui();
  const { name, color, icon, warns } = tag;
  return (
    <span
      className={classNames(warns ? inks['ink'] : undefined, styles['tags-input-tag'])}
      data-color={color}
      data-warns={warns ? '' : undefined}
    >
      {warns && <TagIcon icon={icon === 'tag' ? 'alert' : icon} />}
      {name}
      <button type="button" aria-label={t`Tirar a etiqueta ${name}`} onClick={onRemove}>
        <IconX size="0.875rem" aria-hidden="true" />
      </button>
    </span>
  );
}
