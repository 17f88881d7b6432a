import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type {
  AppointmentStatus,
  AppointmentSummary,
  Transition,
} from '../../../../shared/contracts/agenda/appointments.ts';
import { dismissToasts, toast, toastFailure } from '../../../ui/toast.tsx';
import { ConflictDialog } from '../booking/conflict-dialog.tsx';
import { describeState } from '../appointment-words.ts';
import { changeStatus, readRefusal, type Refusal } from '../change-appointment.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { useNow } from '../use-now.ts';
import { mayTakeBack } from './status-actions.ts';

interface Refused {
  readonly appointment: AppointmentSummary;
  readonly change: Transition;
  readonly refusal: Refusal;
}

/** Changes an appointment's state. Taking one back into a time that is busy by now asks for a reason. */
export function useStatusChange() {
  const { t } = useLingui();
  const now = useNow(useAgendaFrame().timeZone);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const change = async (appointment: AppointmentSummary, to: Transition): Promise<boolean> => {
    setRefused(undefined);
    setBusy(true);
    // An offer to take back a step before this one would be refused.
    dismissToasts(aboutStatus(appointment));
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
  /** For what a single tap does: a wrong one is as easily taken back. */
  const changeWithUndo = async (appointment: AppointmentSummary, to: AppointmentStatus): Promise<void> => {
    if (!(await change(appointment, { to })) || !mayTakeBack(appointment, now)) return;
    const { clientName, status: before } = appointment;
    const after = { ...appointment, status: to };
    const state = describeState({ status: to, pending: false });
    toast({
      message: t`${clientName}: ${state}.`,
      about: aboutStatus(appointment),
      action: { label: t`Desfazer`, onPress: () => void change(after, { to: before, from: to }) },
    });
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
  return { change, changeWithUndo, isBusy, dialog };
}

/** What toasts about an appointment's state are about. */
const aboutStatus = ({ id }: AppointmentSummary): string => `status of ${id}`;
