import styles from './active-filters.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { mayForAll } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { countFilters, type ListFilters, readListFilters } from './list-filters.ts';
import { listMonthNames } from './months.ts';

interface ActiveFiltersProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
}

/** The filters in use, each a button that removes it. */
export function ActiveFilters({ filters, onChange }: ActiveFiltersProps) {
  const { t } = useLingui();
  const words = useFilterWords(filters);
  if (countFilters(filters) === 0) return null;
  return (
    <ul className={styles['client-chips']} aria-label={t`Filtros em uso`}>
      {words.map(([key, word]) => (
        <li key={key}>
          <button
            type="button"
            className={styles['client-chip']}
            aria-label={t`Tirar o filtro ${word}`}
            onClick={() => {
              onChange(readListFilters({ ...filters, [key]: undefined }));
            }}
          >
            {word}
            <IconX size="1rem" aria-hidden="true" />
          </button>
        </li>
      ))}
      {words.length > 1 && (
        <li>
          <button
            type="button"
            className={styles['client-chip']}
            data-plain=""
            onClick={() => {
              onChange(readListFilters({ q: filters.q, sort: filters.sort }));
            }}
          >
            <Trans>Limpar tudo</Trans>
          </button>
        </li>
      )}
    </ul>
  );
}

type FilterKey = Exclude<keyof ListFilters, 'q' | 'sort'>;

function useFilterWords(filters: ListFilters): [FilterKey, string][] {
  const { t } = useLingui();
  const me = useMe();
  const isAsked = filters.professionalId !== undefined && mayForAll(me, 'clients.read.registration');
  const findName = useProfessionalNames({ enabled: isAsked });
  const month = filters.birthMonth && listMonthNames()[filters.birthMonth - 1];
  const words: Record<FilterKey, string | undefined> = {
    status: filters.status === 'archived' ? t`Arquivados` : undefined,
    professionalId: filters.professionalId && (findName(filters.professionalId) ?? t`Profissional`),
    city: filters.city,
    state: filters.state,
    tag: filters.tag,
    importId: filters.importId && t`De uma importação`,
    birthMonth: month === undefined ? undefined : t`Aniversário em ${month}`,
  };
  return (Object.entries(words) as [FilterKey, string | undefined][]).filter(
    (entry): entry is [FilterKey, string] => entry[1] !== undefined,
  );
}
