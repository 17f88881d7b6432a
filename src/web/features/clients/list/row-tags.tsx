import inks from '../../../entities/tag/tag-color.module.css';
import styles from './row-tags.module.css';
import { useLingui } from '@lingui/react/macro';
import { TagChip } from '../../../entities/tag/tag-chip.tsx';
import { TagLink } from '../../../entities/tag/tag-link.tsx';
import { TagIcon } from '../../../entities/tag/tag-icon.tsx';
import { useTagLooks } from '../../../entities/tag/tag-queries.ts';
import { classNames } from '../../../ui/class-names.ts';

const plain = { color: 'slate', icon: 'tag', warns: false } as const;

interface RowTagsProps {
  readonly tags: readonly string[];
  /** How many there is room for. */
  readonly shown: number;
}

/** The tags of a row, those that warn first, and how many more there are. Each narrows the list. */
export function RowTags({ tags, shown }: RowTagsProps) {
  const looks = useTagLooks(tags);
  const others = looks.slice(shown);
  const names = others.map(({ name }) => name).join(', ');
  return (
    <p className={styles['row-tags']} data-warns={looks[0]?.warns === true ? '' : undefined}>
      {looks.slice(0, shown).map((tag) => (
        <TagLink key={tag.name} tag={tag} skipped />
      ))}
      {others.length > 0 && (
        <span className={styles['row-tags-more']} title={names}>
          <span aria-hidden="true">
            <TagChip
              tag={{
                ...plain,
                color: others[0]?.warns === true ? others[0].color : plain.color,
                name: `+${others.length}`,
              }}
            />
          </span>
          <span className="visually-hidden" translate="no">
            {names}
          </span>
        </span>
      )}
    </p>
  );
}

/** What a row warns of where there is no room for tags: icon and words at the beginning of its line. */
export function RowWarnings({ tags }: { readonly tags: readonly string[] }) {
  const { t } = useLingui();
  const warning = useTagLooks(tags).filter(({ warns }) => warns);
  const [first] = warning;
  if (first === undefined) return null;
  const names = warning.map(({ name }) => name).join(', ');
  return (
    <span
      className={classNames(inks['ink'], styles['row-warnings'])}
      data-color={first.color}
      role="img"
      aria-label={t`Atenção: ${names}`}
    >
      <TagIcon icon={first.icon === 'tag' || warning.length > 1 ? 'alert' : first.icon} />
      {warning.length > 1 && <span className={styles['row-warnings-count']}>{warning.length}</span>}
      <span className={styles['row-warnings-names']}>{names}</span>
    </span>
  );
}
