import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { fullName } from '../../lib/format.ts';
import { SelectField } from '../../ui/field.tsx';
import { importProfessionalsQuery } from './import-api.ts';

function useThoseWithClients() {
  const { data = [] } = useQuery(importProfessionalsQuery);
  return data.filter(({ active, role }) => active && role !== 'reception');
}

/** The only person of the clinic who can have clients; undefined if there are several, or while loading. */
export function useTheirs(): string | undefined {
  const [first, ...others] = useThoseWithClients();
  return others.length === 0 ? first?.id : undefined;
}

interface ProfessionalChoiceProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Whose clients they become. */
export function ProfessionalChoice({ value, error, onChoose }: ProfessionalChoiceProps) {
  const { t } = useLingui();
  return (
    <SelectField
      label={t`Profissional`}
      hint={t`De quem serão os clientes do arquivo.`}
      error={error}
      value={value}
      onChange={(event) => {
        onChoose(event.target.value);
      }}
    >
      {value === '' && <option value="">{t`Escolha quem atende`}</option>}
      {useThoseWithClients().map((professional) => (
        <option key={professional.id} value={professional.id}>
          {fullName(professional)}
        </option>
      ))}
    </SelectField>
  );
}

/** A person's name; undefined while loading. */
export function useProfessionalName(id: string): string | undefined {
  const { data = [] } = useQuery(importProfessionalsQuery);
  const found = data.find((professional) => professional.id === id);
  return found && fullName(found);
}
