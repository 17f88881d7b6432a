import inks from './tag-color.module.css';
import styles from './tag-chip.module.css';
import { Trans } from '@lingui/react/macro';
import { classNames } from '../../ui/class-names.ts';
import type { TagLook } from './tag-queries.ts';
import { TagIcon } from './tag-icon.tsx';

/** A tag: its word, its colour, and an icon if it warns or has one of its own. */
export function TagChip({ tag }: { readonly tag: TagLook }) {
  const { name, color, icon, warns } = tag;
  return (
    <span
      className={classNames(inks['ink'], styles['tag'])}
      data-color={color}
      data-warns={warns ? '' : undefined}
      translate="no"
    >
      {(warns || icon !== 'tag') && <TagIcon icon={icon === 'tag' ? 'alert' : icon} />}
      {warns && (
        <span className="visually-hidden">
          <Trans>Atenção:</Trans>{' '}
        </span>
      )}
      <span className={styles['word']}>{name}</span>
    </span>
  );
}
