import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Clinic, ClinicPatch } from '../../../shared/contracts/agenda/clinic.ts';
import { may } from '../../../shared/permissions.ts';
import { states } from '../../../shared/states.ts';
import { clinicQuery, refreshClinic } from '../../entities/clinic/clinic-queries.ts';
import { api } from '../../lib/api.ts';
import { formatPhone } from '../../lib/format.ts';
import { meQuery, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { toast } from '../../ui/toast.tsx';
import { Row, SaveForm, Section, SettingsLayout } from './settings-layout.tsx';
import { Check } from '../../ui/check.tsx';
import { NewClientDefaults } from './new-client-defaults.tsx';
import { WhoSeesWhat } from './who-sees-what.tsx';
import { PrivacyRules } from './privacy-rules.tsx';
import { useSave } from '../../lib/use-save.ts';
import { useZoneNames } from './zone-names.ts';

/** Where the clinic is, its clock, and the rules of its agenda. */
export function ClinicPage() {
  const { t } = useLingui();
  const query = useQuery(clinicQuery);
  return (
    <SettingsLayout title={t`Clínica`} query={query}>
      {query.data !== undefined && <ClinicForm clinic={query.data.clinic} etag={query.data.etag} />}
    </SettingsLayout>
  );
}

const slotLengths = [5, 10, 15, 20, 30, 60];
const reminderTimes = [60, 120, 180, 1440, 2880, 4320, 10_080];

function ClinicForm({ clinic, etag }: { readonly clinic: Clinic; readonly etag: string }) {
  const { t } = useLingui();
  const { role } = useMe();
  const mayChange = may(role, 'clinic.manage');
  const stored = { ...clinic, phone: clinic.phone === null ? '' : formatPhone(clinic.phone) };
  // Laid over what is stored, so that what somebody else saves meanwhile does not take it away.
  const [edits, setEdits] = useState<Partial<typeof stored>>({});
  const values = { ...stored, ...edits };
  const isChanged = JSON.stringify(values) !== JSON.stringify(stored);
  const { isBusy, errors, save } = useSave();
  const set = (change: Partial<typeof stored>): void => {
    setEdits((before) => ({ ...before, ...change }));
  };
  const send = async (): Promise<void> => {
    const { name, timeZone, city, state, address, slotMinutes, optionalHolidays, reminders, overlap } = values;
    const { defaultProfessionalId, dataRequestDays, keepsClinical, moneyYears, professionalsSee } = values;
    const phone = values.phone.trim() === '' ? null : values.phone.trim();
    const areaCode = values.areaCode === '' ? null : values.areaCode;
    const body = {
      ...{ name, timeZone, city, state, phone, address, areaCode, defaultProfessionalId },
      ...{ slotMinutes, optionalHolidays, reminders, overlap, professionalsSee },
      ...{ dataRequestDays, keepsClinical, moneyYears },
    };
    const isSaved = await save(async () => {
      await api('PATCH /clinic', { body: body as ClinicPatch, headers: { 'if-match': etag } });
      await Promise.all([refreshClinic(), queryClient.invalidateQueries({ queryKey: meQuery.queryKey, exact: true })]);
    });
    if (!isSaved) return;
    setEdits({});
    toast({ message: t`Configurações da clínica salvas.` });
  };
  const text = (name: 'name' | 'city' | 'address' | 'phone') => ({
    value: values[name] ?? '',
    error: errors[name],
    disabled: !mayChange,
    onChange: (event: { target: { value: string } }) => {
      set({ [name]: event.target.value });
    },
  });
  return (
    <SaveForm isBusy={isBusy} failure={errors['']} onSave={() => void send()}>
      <Section title={t`Onde fica`} note={<Trans>Aparece em lembretes e mensagens para os clientes.</Trans>}>
        <TextField label={t`Nome da clínica`} {...text('name')} />
        <TextField label={t`Endereço`} optional {...text('address')} />
        <Row>
          <TextField label={t`Cidade`} optional {...text('city')} />
          <SelectField
            label={t`Estado`}
            optional
            hint={t`Dele vêm os feriados estaduais.`}
            error={errors['state']}
            disabled={!mayChange}
            value={values.state ?? ''}
            onChange={(event) => {
              set({ state: event.target.value === '' ? null : event.target.value });
            }}
          >
            <option value="" />
            {states.map((state) => (
              <option key={state} value={state}>
                {state}
              </option>
            ))}
          </SelectField>
          <TextField label={t`Telefone`} optional type="tel" {...text('phone')} />
        </Row>
      </Section>
      <WhoSeesWhat value={values.professionalsSee} mayChange={mayChange} set={set} />
      <NewClientDefaults values={values} errors={errors} mayChange={mayChange} set={set} />
      <AgendaRules values={values} errors={errors} mayChange={mayChange} set={set} />
      <Reminders values={values} mayChange={mayChange} set={set} />
      <PrivacyRules values={values} errors={errors} mayChange={mayChange} set={set} />
      <LeaveGuard wouldLose={() => isChanged} />
    </SaveForm>
  );
}

interface PartProps {
  readonly values: Pick<Clinic, 'timeZone' | 'slotMinutes' | 'overlap' | 'reminders'>;
  readonly mayChange: boolean;
  readonly set: (change: Partial<Clinic & { phone: string }>) => void;
}

function AgendaRules({
  values,
  errors,
  mayChange,
  set,
}: PartProps & { readonly errors: Partial<Record<string, string>> }) {
  const { t } = useLingui();
  const zones = useZoneNames(values.timeZone);
  return (
    <Section title={t`Agenda`}>
      <Row>
        <SelectField
          label={t`Fuso horário`}
          error={errors['timeZone']}
          disabled={!mayChange}
          value={values.timeZone}
          onChange={(event) => {
            set({ timeZone: event.target.value });
          }}
        >
          {zones.map(({ zone, name }) => (
            <option key={zone} value={zone}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t`Horários de início`}
          hint={t`De quanto em quanto tempo são oferecidos.`}
          disabled={!mayChange}
          value={values.slotMinutes}
          onChange={(event) => {
            set({ slotMinutes: Number(event.target.value) });
          }}
        >
          {slotLengths.map((minutes) => (
            <option key={minutes} value={minutes}>
              {t`A cada ${minutes} min`}
            </option>
          ))}
        </SelectField>
      </Row>
      <Check
        label={t`Permitir encaixes`}
        hint={t`Um horário ocupado pode ser marcado com um motivo.`}
        checked={values.overlap === 'allow'}
        disabled={!mayChange}
        onChange={(isOn) => {
          set({ overlap: isOn ? 'allow' : 'forbid' });
        }}
      />
    </Section>
  );
}

function Reminders({ values: { reminders }, mayChange, set }: PartProps) {
  const { t } = useLingui();
  const names: Readonly<Record<number, string>> = {
    60: t`1 hora antes`,
    120: t`2 horas antes`,
    180: t`3 horas antes`,
    1440: t`1 dia antes`,
    2880: t`2 dias antes`,
    4320: t`3 dias antes`,
    10_080: t`1 semana antes`,
  };
  const chosen = new Set(reminders.map(({ minutesBefore }) => minutesBefore));
  return (
    <Section
      title={t`Lembretes por e-mail`}
      note={<Trans>Vão para clientes que têm e-mail e não pediram para não receber. Cada um vai uma vez só.</Trans>}
    >
      <div role="group" aria-label={t`Quando lembrar`}>
        {reminderTimes.map((minutesBefore) => (
          <Check
            key={minutesBefore}
            label={names[minutesBefore] ?? ''}
            checked={chosen.has(minutesBefore)}
            disabled={!mayChange || (!chosen.has(minutesBefore) && chosen.size >= 5)}
            onChange={(isOn) => {
              const rest = reminders.filter((reminder) => reminder.minutesBefore !== minutesBefore);
              set({ reminders: isOn ? [...rest, { minutesBefore, channel: 'email' }] : rest });
            }}
          />
        ))}
      </div>
    </Section>
  );
}
