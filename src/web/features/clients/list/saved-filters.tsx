import styles from './saved-filters.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBookmark, IconBookmarkPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { SavedFilter } from '../../../../shared/contracts/saved-filters.ts';
import { api } from '../../../lib/api.ts';
import { Button } from '../../../ui/button.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { countFilters, isSameList, type ListFilters, readListFilters } from './list-filters.ts';
import type { KeptFilters } from './save-filter-dialog.tsx';
import { refreshSavedFilters, savedFiltersQuery } from './saved-filters-query.ts';

const SaveFilterDialog = lazy(async () => ({ default: (await import('./save-filter-dialog.tsx')).SaveFilterDialog }));

interface SavedFiltersProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
}

/** Filters that this person has kept, to be used again with one press, and a way to keep those in use. */
export function SavedFilters({ filters, onChange }: SavedFiltersProps) {
  const { t } = useLingui();
  const { data: saved = [] } = useQuery(savedFiltersQuery);
  const area = useRef<HTMLDivElement>(null);
  /** Whether filters were just kept: the button that had the focus goes, and their chip comes. */
  const wantsFocus = useRef(false);
  const [isNaming, setNaming] = useState(false);
  const current = keptPart(filters);
  const isKept = saved.some((each) => isSameList(readListFilters(each.filters), current));
  const canKeep = !isKept && (countFilters(current) > 0 || current.sort !== undefined);
  useEffect(() => {
    if (isNaming || !isKept || !wantsFocus.current) return;
    wantsFocus.current = false;
    area.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
  }, [isNaming, isKept]);
  if (saved.length === 0 && !canKeep) return null;
  return (
    <div className={styles['saved']} ref={area}>
      {saved.length > 0 && (
        <ul className={styles['saved-list']} aria-label={t`Filtros guardados`}>
          {saved.map((each) => (
            <SavedChip
              key={each.id}
              saved={each}
              isInUse={isSameList(readListFilters(each.filters), current)}
              onUse={() => {
                onChange({ ...readListFilters(each.filters), ...(filters.q !== undefined && { q: filters.q }) });
              }}
            />
          ))}
        </ul>
      )}
      {canKeep && (
        <Button
          variant="quiet"
          icon={<IconBookmarkPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setNaming(true);
          }}
        >
          <Trans>Guardar estes filtros</Trans>
        </Button>
      )}
      {isNaming && (
        <Suspense fallback={null}>
          <SaveFilterDialog
            filters={current}
            names={saved.map(({ name }) => name)}
            onKept={() => {
              wantsFocus.current = true;
            }}
            onClose={() => {
              setNaming(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Neither the search, which may name a client, with its order, nor an import, which is soon forgotten. */
function keptPart(filters: ListFilters): KeptFilters {
  const { sort, ...kept } = readListFilters({ ...filters, q: undefined, importId: undefined });
  return { ...kept, ...(sort !== undefined && sort !== 'match' && { sort }) };
}

interface SavedChipProps {
  readonly saved: SavedFilter;
  readonly isInUse: boolean;
  readonly onUse: () => void;
}

function SavedChip({ saved: { id, name, filters }, isInUse, onUse }: SavedChipProps) {
  const { t } = useLingui();
  const save = async (): Promise<void> => {
    await api('POST /saved-filters', { body: { name, filters } });
    await refreshSavedFilters();
  };
  const forget = async (): Promise<void> => {
    try {
      await api('DELETE /saved-filters/{id}', { params: { id } });
      await refreshSavedFilters();
      toast({
        message: t`Filtro “${name}” apagado.`,
        action: {
          label: t`Desfazer`,
          onPress: () => {
            save().catch(toastFailure);
          },
        },
      });
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <li className={styles['saved-chip']} data-in-use={isInUse ? '' : undefined}>
      <button type="button" className={styles['saved-name']} aria-pressed={isInUse} translate="no" onClick={onUse}>
        <IconBookmark size="1rem" aria-hidden="true" />
        {name}
      </button>
      <button
        type="button"
        className={styles['saved-forget']}
        aria-label={t`Apagar o filtro ${name}`}
        onClick={(event) => {
          // The focus stays among the filters when this one goes.
          const next =
            event.currentTarget.closest('li')?.nextElementSibling ??
            event.currentTarget.closest('li')?.previousElementSibling;
          const target =
            next?.querySelector('button') ?? document.querySelector<HTMLElement>('[aria-controls=client-filters]');
          target?.focus();
          void forget();
        }}
      >
        <IconX size="1rem" aria-hidden="true" />
      </button>
    </li>
  );
}
