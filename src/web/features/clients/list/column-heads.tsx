import styles from './column-heads.module.css';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ColumnKey, columnSorts, type HeadSorts, type ListLayout, nameSorts } from './columns.ts';
import type { ListFilters } from './list-filters.ts';

export const columnLabels: Readonly<Record<ColumnKey, MessageDescriptor>> = {
  phone: msg`Telefone`,
  age: msg`Idade`,
  city: msg`Cidade`,
  nextVisit: msg`Próxima visita`,
  lastVisit: msg`Última visita`,
  professional: msg`Profissional`,
  updated: msg`Alterado em`,
  created: msg`Cliente desde`,
};

type Sort = NonNullable<ListFilters['sort']>;

interface ColumnHeadsProps {
  readonly layout: ListLayout;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Distance from the top of the window at which they stay, in pixels. */
  readonly top: number;
}

/** The heads of the list's columns; those that the server can sort by are buttons. */
export function ColumnHeads({ layout, sort, onSort, top }: ColumnHeadsProps) {
  const { t, i18n } = useLingui();
  const head = (label: string, own: HeadSorts | undefined) => {
    if (own === undefined)
      return (
        <span key={label} aria-hidden="true">
          {label}
        </span>
      );
    const [first, again] = own;
    const isDown = sort.startsWith('-');
    return (
      <button
        key={label}
        type="button"
        className={styles['column-head']}
        aria-pressed={own.includes(sort)}
        onClick={() => {
          onSort(sort === first ? again : first);
        }}
      >
        {label}
        {own.includes(sort) && (
          <>
            {isDown ? <IconArrowDown size="1rem" aria-hidden="true" /> : <IconArrowUp size="1rem" aria-hidden="true" />}
            <span className="visually-hidden">{isDown ? t`decrescente` : t`crescente`}</span>
          </>
        )}
      </button>
    );
  };
  return (
    <div className={styles['column-heads']} role="group" aria-label={t`Ordenar por`} style={{ top }}>
      <span className={styles['column-face']} />
      {head(t`Nome`, nameSorts)}
      {layout.columns.map((key) => head(i18n._(columnLabels[key]), columnSorts[key]))}
    </div>
  );
}
