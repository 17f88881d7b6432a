import styles from './profile-fields.module.css';
import { useLingui } from '@lingui/react/macro';
import { states } from '../../../shared/states.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import type { CouncilKind, ProfileValues } from './profile-form.ts';

interface ProfileFieldsProps {
  readonly values: ProfileValues;
  /** By the paths of the contract: `council.number`, `specialty`, `document`. */
  readonly errors: Readonly<Partial<Record<string, string>>>;
  readonly onChange: (change: Partial<ProfileValues>) => void;
}

const kinds = ['CRM', 'CRP', 'CRO', 'CREFITO', 'CRBM', 'other', 'none'] as const satisfies readonly CouncilKind[];

/** Who somebody is where documents are signed or printed: council, specialty, CPF or CNPJ. */
export function ProfileFields({ values, errors, onChange }: ProfileFieldsProps) {
  const { t } = useLingui();
  const names: Readonly<Record<CouncilKind, string>> = {
    ...{ CRM: 'CRM', CRP: 'CRP', CRO: 'CRO', CREFITO: 'CREFITO', CRBM: 'CRBM' },
    other: t`Outro conselho`,
    none: t`Profissão sem conselho`,
  };
  const text = (name: 'councilNumber' | 'specialty' | 'document', path: string) => ({
    value: values[name],
    error: errors[path],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => {
      onChange({ [name]: event.target.value });
    },
  });
  return (
    <>
      <div className={styles['pair']}>
        <SelectField
          label={t`Conselho`}
          optional
          value={values.council}
          onChange={(event) => {
            onChange({ council: event.target.value as ProfileValues['council'] });
          }}
        >
          <option value="" />
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {names[kind]}
            </option>
          ))}
        </SelectField>
        {values.council !== '' && values.council !== 'none' && (
          <>
            <TextField label={t`Número no conselho`} maxLength={30} {...text('councilNumber', 'council.number')} />
            <SelectField
              label={t`Estado do conselho`}
              optional
              error={errors['council.state']}
              value={values.councilState}
              onChange={(event) => {
                onChange({ councilState: event.target.value });
              }}
            >
              <option value="" />
              {states.map((state) => (
                <option key={state} value={state}>
                  {state}
                </option>
              ))}
            </SelectField>
          </>
        )}
      </div>
      <div className={styles['pair']}>
        <TextField label={t`Especialidade`} optional maxLength={100} {...text('specialty', 'specialty')} />
        <TextField
          label={t`CPF ou CNPJ`}
          optional
          hint={t`CPF de quem atende como pessoa física, CNPJ como empresa.`}
          maxLength={30}
          {...text('document', 'document')}
        />
      </div>
    </>
  );
}
