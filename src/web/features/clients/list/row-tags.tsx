import inks from '../../../entities/tag/tag-color.module.css';
import styles from './row-tags.module.css';
import { useLingui } from '@lingui/react/macro';
import { TagChip } from '../../../entities/tag/tag-chip.tsx';
import { TagLink } from '../../../entities/tag/tag-link.tsx';
import { TagIcon } from '../../../entities/tag/tag-icon.tsx';
import { useTagLooks } from '../../../entities/tag/tag-queries.ts';
import { classNames } from '../../../ui/class-names.ts';

export const countShownTags = 2;

/** The tags of a row, those that warn first. Each narrows the list. */
export function RowTags({ tags }: { readonly tags: readonly string[] }) {
  const looks = useTagLooks(tags);
  const rest = looks.length - countShownTags;
  return (
    <p className={styles['row-tags']} data-warns={looks[0]?.warns === true ? '' : undefined}>
      {looks.slice(0, countShownTags).map((tag) => (
        <TagLink key={tag.name} tag={tag} skipped />
      ))}
      {rest > 0 && <TagChip tag={{ name: `+${String(rest)}`, color: 'slate', icon: 'tag', warns: false }} />}
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
      <TagIcon icon={first.icon === 'tag' ? 'alert' : first.icon} />
      {names}
    </span>
  );
}
