import styles from './incidents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { professionalsQuery } from '../../entities/professional/professional-queries.ts';
import { api } from '../../lib/api.ts';
import { formatMoment, fullName, today } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toInstant } from '../../../shared/zoned-time.ts';
import { refreshIncidents } from './incident-queries.ts';

/** Registers an incident, and goes to what it touched. */
export function IncidentDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const timeZone = useClinicTimeZone();
  const day = today(timeZone);
  const navigate = useNavigate();
  const { data: people = [] } = useQuery(professionalsQuery);
  const { isBusy, errors, save } = useSave();
  const [values, setValues] = useState({
    ...{ accountId: '', deviceId: '', address: '', description: '', knownOn: day },
    ...{ from: `${day}T00:00`, to: `${day}T23:59` },
  });
  const set = (change: Partial<typeof values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  const send = async (): Promise<void> => {
    const { accountId, deviceId, address, description, knownOn, from, to } = values;
    const isSaved = await save(async () => {
      const body = {
        ...(accountId !== '' && { accountId }),
        ...(deviceId !== '' && { deviceId }),
        ...(address.trim() !== '' && { address: address.trim() }),
        ...{ description, knownOn, from: readMoment(from, timeZone), to: readMoment(to, timeZone) },
      };
      const { body: made } = await api('POST /incidents', { body });
      await refreshIncidents();
      void navigate({ to: '/incidentes/$id', params: { id: made.id } });
    });
    if (isSaved) onClose();
  };
  const text = (name: 'address' | 'description' | 'knownOn' | 'from' | 'to') => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => {
      set({ [name]: event.target.value });
    },
  });
  return (
    <FormDialog
      label={t`Registrar incidente`}
      isBusy={isBusy}
      failure={errors['']}
      action={<Trans>Registrar</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextAreaField
        label={t`O que aconteceu`}
        hint={t`Por exemplo: o celular da recepção foi perdido no ônibus.`}
        rows={3}
        maxLength={10_000}
        {...text('description')}
      />
      <SelectField
        label={t`Conta de quem`}
        optional
        error={errors['accountId']}
        value={values.accountId}
        onChange={(event) => {
          set({ accountId: event.target.value, deviceId: '' });
        }}
      >
        <option value="" />
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {fullName(person)}
          </option>
        ))}
      </SelectField>
      {values.accountId !== '' && (
        <DeviceField
          key={values.accountId}
          accountId={values.accountId}
          deviceId={values.deviceId}
          error={errors['deviceId']}
          onChange={(deviceId) => {
            set({ deviceId });
          }}
        />
      )}
      <TextField
        label={t`Endereço IP`}
        optional
        hint={t`Está em cada linha da auditoria.`}
        autoComplete="off"
        spellCheck={false}
        {...text('address')}
      />
      <div className={styles['row']}>
        <TextField label={t`De`} type="datetime-local" {...text('from')} />
        <TextField label={t`Até`} type="datetime-local" {...text('to')} />
      </div>
      <TextField
        label={t`Dia em que a clínica soube`}
        hint={t`Dele contam os prazos.`}
        type="date"
        max={day}
        {...text('knownOn')}
      />
    </FormDialog>
  );
}

/** An instant from what a field for date and time holds; what it is without one, the server refuses. */
const readMoment = (localTime: string, timeZone: string): string =>
  localTime === '' ? '' : toInstant(localTime.slice(0, 16), timeZone).toISOString();

interface DeviceFieldProps {
  readonly accountId: string;
  readonly deviceId: string;
  readonly error: string | undefined;
  readonly onChange: (deviceId: string) => void;
}

/** One device of the person, if it was only that. */
function DeviceField({ accountId, deviceId, error, onChange }: DeviceFieldProps) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const { data = [] } = useQuery({
    queryKey: ['professionals', accountId, 'sessions', 'incident'],
    queryFn: async ({ signal }) =>
      (await api('GET /professionals/{id}/sessions', { params: { id: accountId }, signal })).body.items,
  });
  if (data.length === 0) return null;
  return (
    <SelectField
      label={t`Só um aparelho`}
      optional
      error={error}
      value={deviceId}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      <option value="">{t`Todos os aparelhos da conta`}</option>
      {data.map((session) => (
        <option key={session.id} value={session.id}>
          {session.deviceName ?? t`Aparelho sem nome`} · {formatMoment(session.lastSeenAt, timeZone)}
        </option>
      ))}
    </SelectField>
  );
}
