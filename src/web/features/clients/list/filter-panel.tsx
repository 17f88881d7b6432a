import listToolbar from './list-toolbar.module.css';
import styles from './filter-panel.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconArrowsSort } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { states } from '../../../../shared/states.ts';
import { mayForAll } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { professionalsQuery } from '../../../entities/professional/professional-queries.ts';
import { ProfessionalOptions } from '../../../entities/professional/professional-select.tsx';
import { filterValuesQuery } from './list-queries.ts';
import { countFilters, type ListFilters, readListFilters, usualSort } from './list-filters.ts';
import { listMonthNames } from './months.ts';
import { SavedFilters } from './saved-filters.tsx';

interface FilterProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
}

interface ToggleProps {
  readonly filters: ListFilters;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function FilterToggle({ filters, isOpen, onToggle }: ToggleProps) {
  const count = countFilters(filters);
  return (
    <Button
      className={listToolbar['client-filter-toggle']}
      icon={<IconAdjustmentsHorizontal size="1.25rem" aria-hidden="true" />}
      aria-expanded={isOpen}
      aria-controls="client-filters"
      onClick={onToggle}
    >
      <span className={styles['client-filter-word']}>
        <Trans>Filtros</Trans>
      </span>
      {count > 0 && <span className={styles['client-filter-count']}>{count}</span>}
    </Button>
  );
}

export function FilterPanel({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  // Without these suggestions, for example offline, the fields still take any text.
  const { data: known } = useQuery(filterValuesQuery);
  const set = (change: Record<string, unknown>): void => {
    onChange(readListFilters({ ...filters, ...change }));
  };
  return (
    <div className={styles['client-filters']} id="client-filters" role="group" aria-label={t`Filtros`}>
      <SelectField
        label={t`Situação`}
        value={filters.status ?? 'active'}
        onChange={(event) => {
          set({ status: event.target.value });
        }}
      >
        <option value="active">{t`Ativos`}</option>
        <option value="archived">{t`Arquivados`}</option>
      </SelectField>
      <ProfessionalFilter filters={filters} onChange={onChange} />
      <FilterText
        label={t`Cidade`}
        value={filters.city ?? ''}
        suggestions={known?.cities ?? []}
        onCommit={(city) => {
          set({ city });
        }}
      />
      <SelectField
        label={t`Estado`}
        value={filters.state ?? ''}
        onChange={(event) => {
          set({ state: event.target.value });
        }}
      >
        <option value="">{t`Todos`}</option>
        <StateOptions used={known?.states ?? []} />
      </SelectField>
      <FilterText
        label={t`Etiqueta`}
        value={filters.tag ?? ''}
        suggestions={known?.tags ?? []}
        onCommit={(tag) => {
          set({ tag });
        }}
      />
      <SelectField
        label={t`Aniversário em`}
        value={filters.birthMonth ?? ''}
        onChange={(event) => {
          set({ birthMonth: event.target.value });
        }}
      >
        <option value="">{t`Qualquer mês`}</option>
        <MonthOptions />
      </SelectField>
      <SavedFilters filters={filters} onChange={onChange} />
    </div>
  );
}

const MonthOptions = () =>
  listMonthNames().map((month, index) => (
    <option key={month} value={index + 1}>
      {month}
    </option>
  ));

/** All states; those that clients live in come first. */
function StateOptions({ used }: { readonly used: readonly string[] }) {
  const { t } = useLingui();
  const options = (shown: readonly string[]) => shown.map((state) => <option key={state}>{state}</option>);
  if (used.length === 0) return options(states);
  return (
    <>
      <optgroup label={t`Com clientes`}>{options(used)}</optgroup>
      <optgroup label={t`Outros`}>{options(states.filter((state) => !used.includes(state)))}</optgroup>
    </>
  );
}

/** Shown only to people who see more than their own clients. */
function ProfessionalFilter({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  const seesClinic = mayForAll(useMe(), 'clients.read.registration');
  const { data = [] } = useQuery({ ...professionalsQuery, enabled: seesClinic });
  if (!seesClinic) return null;
  return (
    <SelectField
      label={t`Profissional`}
      value={filters.professionalId ?? ''}
      onChange={(event) => {
        onChange(readListFilters({ ...filters, professionalId: event.target.value }));
      }}
    >
      <option value="">{t`Todos`}</option>
      <ProfessionalOptions people={data} />
    </SelectField>
  );
}

interface FilterTextProps {
  readonly label: string;
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly onCommit: (value: string) => void;
}

/** Free text with suggestions. It is applied by Enter, by leaving the field, or by choosing or writing out a suggestion. */
function FilterText({ label, value, suggestions, onCommit }: FilterTextProps) {
  const [typed, setTyped] = useState({ text: value, seen: value });
  if (typed.seen !== value) setTyped({ text: value, seen: value });
  const commit = (text: string): void => {
    setTyped({ text, seen: value });
    if (text.trim() !== value) onCommit(text.trim());
  };
  // Not where it is typed: the suggestions may come later.
  const suggested = typed.text !== value && suggestions.includes(typed.text) ? typed.text : undefined;
  const applySuggested = useEffectEvent(onCommit);
  useEffect(() => {
    if (suggested !== undefined) applySuggested(suggested);
  }, [suggested]);
  return (
    <SuggestField
      label={label}
      suggestions={suggestions}
      value={typed.text}
      onChoose={commit}
      onChange={({ target: { value: text } }) => {
        setTyped({ text, seen: value });
        if (text === '') commit(text);
      }}
      onBlur={() => {
        commit(typed.text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(typed.text);
      }}
    />
  );
}

export function SortSelect({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  return (
    <label className={styles['client-sort']}>
      <IconArrowsSort size="1.125rem" aria-hidden="true" />
      <span className="visually-hidden">
        <Trans>Ordem</Trans>
      </span>
      <select
        value={filters.sort ?? usualSort(filters)}
        onChange={(event) => {
          onChange(readListFilters({ ...filters, sort: event.target.value }));
        }}
      >
        {filters.q !== undefined && <option value="match">{t`Melhor resultado`}</option>}
        <option value="name">{t`Por nome`}</option>
        <option value="-name">{t`Por nome, de Z a A`}</option>
        <option value="-createdAt">{t`Novos primeiro`}</option>
        <option value="createdAt">{t`Antigos primeiro`}</option>
        <option value="-updatedAt">{t`Alterados por último`}</option>
        <option value="updatedAt">{t`Há mais tempo sem alteração`}</option>
      </select>
    </label>
  );
}
