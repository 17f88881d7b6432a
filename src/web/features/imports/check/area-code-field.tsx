import importText from '../import-text.module.css';
import importColumns from './import-columns.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { isAreaCode } from '../../../../shared/area-code.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { TextField } from '../../../ui/field.tsx';

/** Whether the file has phones without an area code. */
export const needsAreaCode = ({ completedPhones, problems }: ImportJob): boolean =>
  completedPhones > 0 ||
  problems.some(({ code, value }) => code === 'invalid_phone' && /^(?:\D*\d){8,9}\D*$/.test(value));

/** Whether the text is empty or an area code that exists. */
export const isEmptyOrAreaCode = (text: string): boolean => text === '' || isAreaCode(text);

interface AreaCodeFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The area code of phones that are written without one. */
export function AreaCodeField({ value, onChange }: AreaCodeFieldProps) {
  const { t } = useLingui();
  const isWrong = value.length === 2 && !isEmptyOrAreaCode(value);
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Trans>Telefones sem DDD</Trans>
      </h2>
      <div className={importColumns['import-columns']}>
        <TextField
          label={t`DDD da clínica`}
          hint={t`Vale só para os telefones escritos sem DDD.`}
          error={isWrong ? t`Este DDD não existe.` : undefined}
          inputMode="numeric"
          autoComplete="off"
          maxLength={2}
          value={value}
          onChange={(event) => {
            onChange(event.target.value.replace(/\D/g, ''));
          }}
        />
      </div>
    </section>
  );
}
