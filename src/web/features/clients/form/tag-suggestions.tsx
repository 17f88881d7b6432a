import styles from './tag-suggestions.module.css';
import { useLingui } from '@lingui/react/macro';
import { TagChip } from '../../../entities/tag/tag-chip.tsx';
import type { useTagSuggestions } from './use-tag-suggestions.ts';

interface TagSuggestionsProps {
  readonly list: ReturnType<typeof useTagSuggestions>;
  readonly onPick: (tag: string) => void;
}

/** The suggestions below the field for tags. */
export function TagSuggestions({ list, onPick }: TagSuggestionsProps) {
  const { t } = useLingui();
  return (
    <ul
      id={list.listId}
      role="listbox"
      aria-label={t`Etiquetas da clínica`}
      className={styles['suggestions']}
      hidden={list.found.length === 0}
    >
      {list.found.map((tag) => (
        <li
          key={tag.id}
          id={list.optionId(tag.id)}
          role="option"
          aria-selected={tag === list.active}
          className={styles['suggestion']}
          // The field keeps the focus: leaving it would end what is typed as a tag.
          onPointerDown={(event) => {
            event.preventDefault();
          }}
          onClick={() => {
            onPick(tag.name);
          }}
        >
          <TagChip tag={tag} />
          {tag.clients > 0 && <span className={styles['count']}>{tag.clients}</span>}
        </li>
      ))}
    </ul>
  );
}
