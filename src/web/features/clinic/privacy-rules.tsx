import { Trans, useLingui } from '@lingui/react/macro';
import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Row, Section } from './settings-layout.tsx';

type Rules = Pick<Clinic, 'dataRequestDays' | 'keepsClinical' | 'moneyYears'>;

interface PrivacyRulesProps {
  readonly values: Rules;
  readonly errors: Readonly<Partial<Record<string, string>>>;
  readonly mayChange: boolean;
  readonly set: (change: Partial<Rules>) => void;
}

/** Until when requests about data are answered, and how long records are kept. */
export function PrivacyRules({ values, errors, mayChange, set }: PrivacyRulesProps) {
  const { t } = useLingui();
  return (
    <Section
      title={t`LGPD e guarda de registros`}
      note={<Trans>Valem para os pedidos novos e para o que pode se tornar anônimo.</Trans>}
    >
      <SelectField
        label={t`Registros de atendimento`}
        hint={t`A lei pede 20 anos desde o último registro (Lei 13.787/2018).`}
        error={errors['keepsClinical']}
        disabled={!mayChange}
        value={values.keepsClinical}
        onChange={(event) => {
          set({ keepsClinical: event.target.value as Rules['keepsClinical'] });
        }}
      >
        <option value="law">{t`Guardar por 20 anos`}</option>
        <option value="forever">{t`Guardar sem prazo`}</option>
      </SelectField>
      <Row>
        <TextField
          label={t`Dias para responder a pedidos`}
          type="number"
          inputMode="numeric"
          min={1}
          max={60}
          error={errors['dataRequestDays']}
          disabled={!mayChange}
          value={String(values.dataRequestDays)}
          onChange={(event) => {
            set({ dataRequestDays: Number(event.target.value) });
          }}
        />
        <TextField
          label={t`Anos de guarda dos combinados de pagamento`}
          type="number"
          inputMode="numeric"
          min={5}
          max={30}
          error={errors['moneyYears']}
          disabled={!mayChange}
          value={String(values.moneyYears)}
          onChange={(event) => {
            set({ moneyYears: Number(event.target.value) });
          }}
        />
      </Row>
    </Section>
  );
}
