import { useLingui } from '@lingui/react/macro';
import type { ComponentProps } from 'react';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { fullName } from '../../lib/format.ts';
import { SelectField } from '../../ui/field.tsx';

interface People {
  readonly people: readonly Professional[];
}

export const ProfessionalOptions = ({ people }: People) =>
  people.map((professional) => (
    <option key={professional.id} value={professional.id}>
      {fullName(professional)}
    </option>
  ));

interface ProfessionalSelectProps extends People, Omit<ComponentProps<typeof SelectField>, 'label'> {
  /** Asks for a choice as long as nobody is chosen. */
  readonly question: string;
}

/** Chooses who cares for a client. */
export function ProfessionalSelect({ people, question, ...field }: ProfessionalSelectProps) {
  const { t } = useLingui();
  return (
    <SelectField label={t`Profissional`} {...field}>
      {field.value === '' && <option value="">{question}</option>}
      <ProfessionalOptions people={people} />
    </SelectField>
  );
}
