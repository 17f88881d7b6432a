import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useRef, useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import type { BookingStart } from '../../../entities/appointment/open-booking.ts';
import { clockOf, dayOf, toWallTime } from '../../../lib/wall-time.ts';
import { SelectField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { removeAppointment } from '../change-appointment.ts';
import { nameDay } from '../day-words.ts';
import { wishFocus } from '../day/focus-wish.ts';
import { useAgendaFrame, type AgendaFrame } from '../use-agenda-frame.ts';
import { useNow } from '../use-now.ts';
import { buildBooking } from './booking-form.ts';
import { ClientField } from './client-field.tsx';
import { ConflictChoice } from './conflict-choice.tsx';
import { MoreFields } from './more-fields.tsx';
import { PackageField } from './package-field.tsx';
import { RepeatField, type Repeat } from '../series/repeat-field.tsx';
import { SeriesDialog } from '../series/series-dialog.tsx';
import { TypeAndLength } from './type-and-length.tsx';
import { useBooking } from './use-booking.ts';
import { useBookingValues } from './use-booking-values.ts';
import { WhenField } from './when-field.tsx';

interface BookingDialogProps {
  readonly start: BookingStart;
  readonly onClose: () => void;
}

/** Books an appointment: who, what, when. The dialog opens over any page. */
export function BookingDialog({ start, onClose }: BookingDialogProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const frame = useAgendaFrame();
  const now = useNow(frame.timeZone);
  const form = useBookingValues(start, frame);
  const { values, set, professionalId, visitType, packages, packageId } = form;
  const [repeat, setRepeat] = useState<Repeat>();
  const [seriesClient, setSeriesClient] = useState<string>();
  const booking = useBooking((client) => {
    set({ client });
  });
  const tellBooked = useBookedToast();
  const submit = async (consent = {}, localStart = values.localStart): Promise<void> => {
    const { client } = values;
    if (!booking.check({ client, localStart }) || client === undefined || localStart === undefined) {
      focusFirstError(area);
      return;
    }
    if (professionalId === undefined || visitType === undefined) return;
    if (repeat !== undefined) {
      setSeriesClient(await booking.registerFirst(client, professionalId));
      return;
    }
    const complete = { ...values, professionalId, visitType, localStart, packageId };
    const booked = await booking.book(client, (clientId) => ({
      ...buildBooking(complete, clientId, start.makeupOf),
      ...consent,
    }));
    if (booked === undefined) return;
    wishFocus(booked.id);
    onClose();
    tellBooked(booked);
  };
  if (seriesClient !== undefined && repeat !== undefined && professionalId !== undefined && visitType !== undefined)
    return (
      <SeriesDialog
        booking={{
          ...values,
          clientId: seriesClient,
          professionalId,
          visitType,
          localStart: values.localStart ?? now,
          packageId: repeat.count === undefined ? undefined : packageId,
        }}
        repeat={repeat}
        onBack={() => {
          setSeriesClient(undefined);
        }}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      label={start.makeupOf === undefined ? t`Agendar` : t`Marcar reposição`}
      area={area}
      isBusy={booking.isBusy}
      isChosen={values.localStart !== start.localStart}
      failure={booking.errors.all}
      action={repeat === undefined ? <Trans>Agendar</Trans> : <Trans>Ver as datas</Trans>}
      after={
        booking.refusal !== undefined && (
          <ConflictChoice
            refusal={booking.refusal}
            isBusy={booking.isBusy}
            onChoose={({ startAt }) => {
              const localStart = toWallTime(startAt, frame.timeZone);
              set({ localStart });
              void submit({}, localStart);
            }}
            onInsist={(consent) => void submit(consent)}
          />
        )
      }
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <ClientField
        client={values.client}
        error={booking.errors.client}
        phoneError={booking.errors.phone}
        onChoose={(client) => {
          booking.settle('client');
          set({ client });
        }}
      />
      <ProfessionalField
        frame={frame}
        value={professionalId}
        onChoose={(chosen) => {
          set({ professionalId: chosen });
        }}
      />
      <TypeAndLength frame={frame} visitType={visitType} durationMinutes={values.durationMinutes} onChange={set} />
      {professionalId !== undefined && (
        <WhenField
          key={professionalId}
          timeZone={frame.timeZone}
          now={now}
          day={start.day}
          professionalId={professionalId}
          visitType={visitType}
          durationMinutes={values.durationMinutes}
          localStart={values.localStart}
          error={booking.errors.when}
          isExact={start.localStart !== undefined}
          gap={findGap(start, values.durationMinutes ?? frame.types.find(({ key }) => key === visitType)?.minutes)}
          onChoose={(localStart) => {
            if (localStart !== undefined) booking.settle('when');
            set({ localStart });
          }}
        />
      )}
      <PackageField
        packages={packages}
        packageId={packageId}
        onChoose={(chosen) => {
          set({ packageId: chosen });
        }}
      />
      <MoreFields frame={frame} values={values} professionalId={professionalId} set={set} />
      {start.makeupOf === undefined && <RepeatField repeat={repeat} onChange={setRepeat} />}
    </FormDialog>
  );
}

/** The gap that the dialog began with, if it is longer than the visit. */
const findGap = ({ localStart, freeMinutes }: BookingStart, duration = 30) =>
  localStart === undefined || freeMinutes === undefined ? undefined : { localStart, minutes: freeMinutes, duration };

function focusFirstError(area: RefObject<HTMLElement | null>): void {
  // The errors are on the page after the next frame.
  requestAnimationFrame(() => {
    area.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid] button')?.focus();
  });
}

/** Tells what was booked, with the way back. */
function useBookedToast(): (booked: Appointment) => void {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (booked) => {
    const { clientName, localStart } = booked;
    const moment = `${nameDay(dayOf(localStart))}, ${clockOf(localStart)}`;
    const isOnAgenda = location.pathname === '/agenda';
    toast({
      message: t`Agendado: ${clientName}, ${moment}.`,
      action: isOnAgenda
        ? { label: t`Desfazer`, onPress: () => void removeAppointment(booked).catch(toastFailure) }
        : {
            label: t`Ver na agenda`,
            onPress: () => void navigate({ to: '/agenda', search: { dia: dayOf(localStart) } }),
          },
    });
  };
}

interface ProfessionalFieldProps {
  readonly frame: AgendaFrame;
  readonly value: string | undefined;
  readonly onChoose: (id: string) => void;
}

function ProfessionalField({ frame: { people }, value, onChoose }: ProfessionalFieldProps) {
  const { t } = useLingui();
  if (people.length < 2) return null;
  return (
    <SelectField
      label={t`Profissional`}
      value={value}
      onChange={(event) => {
        onChoose(event.target.value);
      }}
    >
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
