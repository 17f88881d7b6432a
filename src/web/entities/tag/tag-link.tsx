import styles from './tag-link.module.css';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { TagChip } from './tag-chip.tsx';
import type { TagLook } from './tag-queries.ts';

interface TagLinkProps {
  readonly tag: TagLook;
  /** Left out of the order of the Tab key, as in a list where every row has some. */
  readonly skipped?: boolean;
}

/** A tag that narrows the list to those who have it. */
export function TagLink({ tag, skipped = false }: TagLinkProps) {
  const { t } = useLingui();
  const { name } = tag;
  return (
    <Link
      to="/clientes"
      search={(before: Record<string, unknown>) => ({ ...before, tag: name })}
      className={styles['link']}
      title={t`Ver clientes com a etiqueta ${name}`}
      tabIndex={skipped ? -1 : undefined}
    >
      <TagChip tag={tag} />
    </Link>
  );
}
