import styles from './trail-page.module.css';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { AuditFilters, AuditPerson } from '../../../shared/contracts/audit.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { actionWords, recordTypes } from './action-words.ts';
import { trailFilterQuery } from './audit-queries.ts';

interface FilterFieldsProps {
  readonly filters: AuditFilters;
  readonly onChange: (filters: AuditFilters) => void;
}

/** The filters of the trail: period, person, action, kind of record. */
export function FilterFields({ filters, onChange }: FilterFieldsProps) {
  const { t, i18n } = useLingui();
  const { data } = useQuery(trailFilterQuery);
  const set = (name: keyof AuditFilters) => (event: { readonly target: { readonly value: string } }) => {
    onChange({ ...filters, [name]: event.target.value });
  };
  const words = (action: string): string => {
    const known = actionWords[action];
    return known === undefined ? action : i18n._(known);
  };
  const actions = (data?.actions ?? []).map((action) => [action, words(action)] as const);
  return (
    <div className={styles['filters']} role="group" aria-label={t`Filtros`}>
      <TextField label={t`De`} type="date" value={filters.from ?? ''} onChange={set('from')} />
      <TextField label={t`Até`} type="date" value={filters.to ?? ''} onChange={set('to')} />
      <SelectField label={t`Quem`} value={filters.actorId ?? ''} onChange={set('actorId')}>
        <option value="">{t`Todos`}</option>
        {data?.people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name ?? t`Suporte da hospedagem`}
          </option>
        ))}
      </SelectField>
      <SelectField label={t`O quê`} value={filters.action ?? ''} onChange={set('action')}>
        <option value="">{t`Tudo`}</option>
        {actions
          .sort(([, one], [, other]) => one.localeCompare(other))
          .map(([action, label]) => (
            <option key={action} value={action}>
              {label}
            </option>
          ))}
      </SelectField>
      <SelectField label={t`Sobre`} value={filters.recordType ?? ''} onChange={set('recordType')}>
        <option value="">{t`Tudo`}</option>
        {Object.entries(recordTypes).map(([type, label]) => (
          <option key={type} value={type}>
            {i18n._(label)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** Finds people of the trail by id; undefined while loading. */
export function useTrailPeople(): (id: string) => AuditPerson | undefined {
  const { data } = useQuery(trailFilterQuery);
  return (id) => data?.people.find((person) => person.id === id);
}
