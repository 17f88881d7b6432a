import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import type { SessionPackage } from '../../../../shared/contracts/agenda/session-packages.ts';
import { clientPackagesQuery, countFree } from '../../../entities/session-package/package-queries.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { SelectField } from '../../../ui/field.tsx';
import { patchAppointment } from '../change-appointment.ts';

/** For which package of the client an appointment counts; nothing where they have none. Saved as soon as it is chosen. */
export function AppointmentPackage({ appointment }: { readonly appointment: Appointment }) {
  const { t } = useLingui();
  const { packageId, clientId, session, version } = appointment;
  const { data = [] } = useQuery(clientPackagesQuery(clientId));
  /** Shown until the appointment is read again. */
  const [chosen, setChosen] = useState<{ readonly packageId: string | null; readonly version: number }>();
  const [failure, setFailure] = useState<string>();
  const packages = data.filter(({ id, closed }) => id === packageId || !closed);
  if (packages.length === 0) return null;
  const choose = async (next: string | null): Promise<void> => {
    setChosen({ packageId: next, version });
    setFailure(undefined);
    try {
      await patchAppointment(appointment, { packageId: next });
    } catch (error) {
      setChosen(undefined);
      setFailure(failureText(error));
    }
  };
  const describe = ({ id, name, used, booked, total }: SessionPackage): string => {
    const taken = used + booked;
    const place =
      id === packageId && session !== null
        ? t`sessão ${session.number} de ${session.total}`
        : t`${taken} de ${total} marcadas`;
    return name === null ? place : `${name}, ${place}`;
  };
  return (
    <SelectField
      label={t`Pacote`}
      error={failure}
      hint={packageId !== null && session === null ? t`Como está, o atendimento não usa uma sessão.` : undefined}
      value={(chosen?.version === version ? chosen.packageId : packageId) ?? ''}
      onChange={({ target: { value } }) => void choose(value === '' ? null : value)}
    >
      {packages.map((each) => (
        <option key={each.id} value={each.id} disabled={each.id !== packageId && countFree(each) === 0}>
          {describe(each)}
        </option>
      ))}
      <option value="">{t`Fora do pacote`}</option>
    </SelectField>
  );
}
