import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import { refreshAgenda } from '../../entities/appointment/appointment-queries.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { SelectField } from '../../ui/field.tsx';
import { useLeaveGuard } from '../../ui/leave-guard.tsx';
import { toast } from '../../ui/toast.tsx';
import { Exceptions } from './exceptions.tsx';
import { SaveForm, Section, SettingsLayout } from './settings-layout.tsx';
import { usePeopleWithHours } from './people-with-hours.ts';
import { useSave } from '../../lib/use-save.ts';
import { WeekHours } from './week-hours.tsx';

const hoursQuery = (id: string) => ({
  queryKey: ['clinic', 'hours', id],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Hours> =>
    (await api('GET /professionals/{id}/hours', { params: { id }, signal })).body,
});

/** When each professional is at work: every week, and on single days. */
export function HoursPage() {
  const { t } = useLingui();
  const people = usePeopleWithHours();
  const [chosen, setChosen] = useState<string>();
  const id = chosen ?? people[0]?.id;
  const query = useQuery({ ...hoursQuery(id ?? ''), enabled: id !== undefined });
  const [edited, setEdited] = useState<Hours>();
  const { leave, question } = useLeaveGuard({
    wouldLose: () => edited !== undefined && JSON.stringify(edited) !== JSON.stringify(query.data),
    onDiscard: () => {
      setEdited(undefined);
    },
  });
  return (
    <SettingsLayout title={t`Horários de atendimento`} query={query}>
      {people.length > 1 && (
        <SelectField
          label={t`Profissional`}
          value={id}
          onChange={(event) => {
            const next = event.target.value;
            leave(() => {
              setChosen(next);
              setEdited(undefined);
            });
          }}
        >
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </SelectField>
      )}
      {query.data !== undefined && id !== undefined && (
        <HoursForm key={id} id={id} values={edited ?? query.data} onEdit={setEdited} />
      )}
      {question}
    </SettingsLayout>
  );
}

interface HoursFormProps {
  readonly id: string;
  readonly values: Hours;
  /** `undefined` once the values are saved. */
  readonly onEdit: (values: Hours | undefined) => void;
}

function HoursForm({ id, values, onEdit }: HoursFormProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const first = Object.values(errors)[0];
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      const { body } = await api('PUT /professionals/{id}/hours', { params: { id }, body: values });
      queryClient.setQueryData(hoursQuery(id).queryKey, body);
      await refreshAgenda();
    });
    if (!isSaved) return;
    onEdit(undefined);
    toast({ message: t`Horários salvos.` });
  };
  return (
    <SaveForm isBusy={isBusy} failure={first} onSave={() => void send()}>
      <Section title={t`Toda semana`}>
        <WeekHours
          weekly={values.weekly}
          onChange={(weekly) => {
            onEdit({ ...values, weekly });
          }}
        />
      </Section>
      <Section
        title={t`Dias diferentes`}
        note={<Trans>Um sábado de atendimento, ou um dia com outra hora. Vale no lugar do horário da semana.</Trans>}
      >
        <Exceptions
          exceptions={values.exceptions}
          onChange={(exceptions) => {
            onEdit({ ...values, exceptions });
          }}
        />
      </Section>
    </SaveForm>
  );
}
