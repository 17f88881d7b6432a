import { useLingui } from '@lingui/react/macro';
import { Check } from '../../ui/check.tsx';

interface ClinicalAccessProps {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** The switch apart from the role: what was written in treatment. */
export function ClinicalAccess({ value, onChange }: ClinicalAccessProps) {
  const { t } = useLingui();
  return (
    <Check
      label={t`Acesso clínico`}
      hint={t`Lê e escreve anotações de atendimento. Sem ele, a pessoa cuida do cadastro e da agenda e não vê o que se escreveu no atendimento.`}
      checked={value}
      onChange={onChange}
    />
  );
}
