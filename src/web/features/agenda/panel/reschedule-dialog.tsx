import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { minutesSince, dayOf } from '../../../lib/wall-time.ts';
import { SelectField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { type Consent, ConflictChoice, type Slot } from '../booking/conflict-choice.tsx';
import { TypeAndLength } from '../booking/type-and-length.tsx';
import { WhenField } from '../booking/when-field.tsx';
import { patchAppointment, readRefusal, type Refusal } from '../change-appointment.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { isInSeries, type Scope } from '../series/change-series.ts';
import { listChanged } from '../series/list-changed.ts';
import { ScopeField } from '../series/scope-field.tsx';
import { useSeriesChange } from '../series/use-series-change.tsx';
import { useNow } from '../use-now.ts';
import { WhoseAndWhen } from './whose-and-when.tsx';

interface RescheduleProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

/** Moves an appointment to another time, professional, kind or room. */
export function RescheduleDialog({ appointment, onClose }: RescheduleProps) {
  const { t } = useLingui();
  const frame = useAgendaFrame();
  const now = useNow(frame.timeZone);
  const { values, set, send, isBusy, failure, refusal } = useReschedule(appointment, onClose);
  const [scope, setScope] = useState<Scope>('one');
  const series = useSeriesChange({ onDone: onClose });
  const submit = (): void => {
    if (scope === 'one' || !isInSeries(appointment)) void send();
    else void series.send(appointment, scope, listChanged(appointment, values));
  };
  const { professionalId, visitType, durationMinutes, localStart, roomId } = values;
  return (
    <FormDialog
      label={t`Remarcar`}
      isBusy={isBusy || series.isBusy}
      isChosen={localStart !== appointment.localStart}
      failure={failure ?? series.failure}
      action={<Trans>Remarcar</Trans>}
      after={
        <>
          {refusal !== undefined && (
            <ConflictChoice
              refusal={refusal}
              isBusy={isBusy}
              onChoose={(slot) => void send({ startAt: slot.startAt, endAt: slot.endAt })}
              onInsist={(consent) => void send(undefined, consent)}
            />
          )}
          {series.dialog}
        </>
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <WhoseAndWhen appointment={appointment} />
      {frame.people.length > 1 && (
        <SelectField
          label={t`Profissional`}
          value={professionalId}
          onChange={(event) => {
            set({ professionalId: event.target.value });
          }}
        >
          {frame.people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </SelectField>
      )}
      <TypeAndLength frame={frame} visitType={visitType} durationMinutes={durationMinutes} onChange={set} />
      <WhenField
        timeZone={frame.timeZone}
        now={now}
        professionalId={professionalId}
        visitType={visitType}
        durationMinutes={durationMinutes}
        moving={appointment.id}
        localStart={localStart}
        error={undefined}
        isExact={false}
        onChoose={(chosen) => {
          set({ localStart: chosen ?? appointment.localStart });
        }}
      />
      {frame.rooms.length > 0 && (
        <SelectField
          label={t`Sala`}
          optional
          value={roomId ?? ''}
          onChange={(event) => {
            set({ roomId: event.target.value === '' ? null : event.target.value });
          }}
        >
          <option value="">{t`Escolher na chegada`}</option>
          {frame.rooms.map((room) => (
            <option key={room.id} value={room.id}>
              {room.name}
            </option>
          ))}
        </SelectField>
      )}
      {isInSeries(appointment) && <ScopeField appointment={appointment} scope={scope} onChoose={setScope} />}
    </FormDialog>
  );
}

interface Place {
  readonly professionalId: string;
  readonly visitType: string;
  readonly durationMinutes: number | undefined;
  readonly localStart: string;
  readonly roomId: string | null;
}

function useReschedule(appointment: Appointment, onDone: () => void) {
  const day = dayOf(appointment.localStart);
  const length = minutesSince(day, appointment.localEnd) - minutesSince(day, appointment.localStart);
  const [values, setValues] = useState<Place>({
    professionalId: appointment.professionalId,
    visitType: appointment.visitType,
    durationMinutes: length,
    localStart: appointment.localStart,
    roomId: appointment.roomId,
  });
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const send = async (slot?: Slot, consent: Consent = {}): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setRefusal(undefined);
    const { localStart, durationMinutes, ...rest } = values;
    const times = slot ?? { localStart, durationMinutes };
    try {
      await patchAppointment(appointment, { ...rest, ...times, ...consent });
      onDone();
    } catch (error) {
      const found = readRefusal(error);
      if (found === undefined) setFailure(failureText(error));
      else setRefusal(found);
    } finally {
      setBusy(false);
    }
  };
  return {
    values,
    set: (change: Partial<Place>): void => {
      setValues((before) => ({ ...before, ...change }));
    },
    send,
    isBusy,
    failure,
    refusal,
  };
}
