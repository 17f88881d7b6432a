import { Trans, useLingui } from '@lingui/react/macro';
import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import { useProfessionalsWithClients } from '../../entities/professional/professional-queries.ts';
import { ProfessionalOptions } from '../../entities/professional/professional-select.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Row, Section } from './settings-layout.tsx';

type Defaults = Pick<Clinic, 'areaCode' | 'defaultProfessionalId'>;

interface DefaultsProps {
  readonly values: Defaults;
  readonly errors: Readonly<Partial<Record<string, string>>>;
  readonly mayChange: boolean;
  readonly set: (change: Partial<Defaults>) => void;
}

/** What the form of a new client starts with, besides the clinic's city and state. */
export function NewClientDefaults({ values, errors, mayChange, set }: DefaultsProps) {
  const { t } = useLingui();
  const people = useProfessionalsWithClients();
  const { defaultProfessionalId: chosen } = values;
  return (
    <Section
      title={t`Novos clientes`}
      note={<Trans>O cadastro começa com a cidade e o estado da clínica, e com o que você escolher aqui.</Trans>}
    >
      <Row>
        <TextField
          label={t`DDD`}
          optional
          hint={t`Completa telefones escritos sem DDD.`}
          error={errors['areaCode']}
          disabled={!mayChange}
          inputMode="numeric"
          autoComplete="off"
          maxLength={2}
          value={values.areaCode ?? ''}
          onChange={(event) => {
            set({ areaCode: event.target.value.replace(/\D/g, '') });
          }}
        />
        <SelectField
          label={t`Profissional`}
          optional
          hint={t`Proposto a quem não atende.`}
          error={errors['defaultProfessionalId']}
          disabled={!mayChange}
          value={people.some(({ id }) => id === chosen) ? (chosen ?? '') : ''}
          onChange={(event) => {
            set({ defaultProfessionalId: event.target.value === '' ? null : event.target.value });
          }}
        >
          <option value="">{t`Perguntar sempre`}</option>
          <ProfessionalOptions people={people} />
        </SelectField>
      </Row>
    </Section>
  );
}
