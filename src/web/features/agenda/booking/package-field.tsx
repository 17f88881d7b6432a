import { useLingui } from '@lingui/react/macro';
import type { SessionPackage } from '../../../../shared/contracts/agenda/session-packages.ts';
import { SelectField } from '../../../ui/field.tsx';

interface PackageFieldProps {
  readonly packages: readonly SessionPackage[];
  readonly packageId: string | undefined;
  /** Null for none. */
  readonly onChoose: (packageId: string | null) => void;
}

/** Which package of the client the session counts for; nothing where they have none. */
export function PackageField({ packages, packageId, onChoose }: PackageFieldProps) {
  const { t } = useLingui();
  if (packages.length === 0) return null;
  const describe = ({ name, used, booked, total }: SessionPackage): string => {
    const next = used + booked + 1;
    const place = t`sessão ${next} de ${total}`;
    return name === null ? place : `${name}, ${place}`;
  };
  return (
    <SelectField
      label={t`Pacote`}
      value={packageId ?? ''}
      onChange={(event) => {
        onChoose(event.target.value === '' ? null : event.target.value);
      }}
    >
      {packages.map((each) => (
        <option key={each.id} value={each.id}>
          {describe(each)}
        </option>
      ))}
      <option value="">{t`Fora do pacote`}</option>
    </SelectField>
  );
}
