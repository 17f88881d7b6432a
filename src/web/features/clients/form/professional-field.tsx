import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { may } from '../../../../shared/permissions.ts';
import { professionalsQuery } from '../../../entities/professional/professional-queries.ts';
import { ProfessionalSelect } from '../../../entities/professional/professional-select.tsx';
import type { ClientForm } from './use-client-form.ts';

interface ProfessionalFieldProps {
  readonly value: string;
  readonly error?: ReactNode;
  readonly set: ClientForm['set'];
  readonly onLeave: () => void;
}

/** Chooses the professional to whom the client belongs. If there is only one, that one is chosen at once. */
export function ProfessionalField({ value, error, set, onLeave }: ProfessionalFieldProps) {
  const { t } = useLingui();
  const { data = [] } = useQuery(professionalsQuery);
  const choices = data.filter(({ id, active, role }) => id === value || (active && may(role, 'clients.treat')));
  const only = choices.length === 1 ? choices[0]?.id : undefined;
  useEffect(() => {
    if (value === '' && only !== undefined) set('professionalId', only);
  }, [value, only, set]);
  return (
    <ProfessionalSelect
      people={choices}
      question={t`Escolha quem atende`}
      name="professionalId"
      error={error}
      value={value}
      onBlur={onLeave}
      onChange={(event) => {
        set('professionalId', event.target.value);
      }}
    />
  );
}
