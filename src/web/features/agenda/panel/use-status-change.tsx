import { useState } from 'react';
import type { AppointmentSummary, Transition } from '../../../../shared/contracts/agenda/appointments.ts';
import { toastFailure } from '../../../ui/toast.tsx';
import { ConflictDialog } from '../booking/conflict-dialog.tsx';
import { changeStatus, readRefusal, type Refusal } from '../change-appointment.ts';

interface Refused {
  readonly appointment: AppointmentSummary;
  readonly change: Transition;
  readonly refusal: Refusal;
}

/** Changes an appointment's state. Taking one back into a time that is busy by now asks for a reason. */
export function useStatusChange() {
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const change = async (appointment: AppointmentSummary, to: Transition): Promise<boolean> => {
    setRefused(undefined);
    setBusy(true);
    try {
      await changeStatus(appointment, to);
      return true;
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) toastFailure(error);
      else setRefused({ appointment, change: to, refusal: { ...refusal, nearest: [] } });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const dialog = refused !== undefined && (
    <ConflictDialog
      refusal={refused.refusal}
      onChoose={() => undefined}
      onInsist={(consent) => void change(refused.appointment, { ...refused.change, overlap: consent.overlap })}
      onClose={() => {
        setRefused(undefined);
      }}
    />
  );
  return { change, isBusy, dialog };
}
