import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { AppointmentPatch, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { toInstant } from '../../../shared/zoned-time.ts';
import { wallTimeAt } from '../../lib/wall-time.ts';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { ConflictDialog } from './booking/conflict-dialog.tsx';
import { patchAppointment, readRefusal, type Refusal } from './change-appointment.ts';
import { nameDay } from './day-words.ts';
import { wishFocus } from './day/focus-wish.ts';
import type { GridMove } from './day/move-target.ts';

interface RefusedMove {
  readonly appointment: AppointmentSummary;
  readonly patch: AppointmentPatch;
  readonly refusal: Refusal;
}

/** What the grid shows of a move before the answer arrives. */
function foresee({ timeZone }: AppointmentSummary, move: GridMove): Partial<AppointmentSummary> {
  const localStart = wallTimeAt(move.day, move.start);
  const localEnd = wallTimeAt(move.day, move.end);
  return {
    professionalId: move.professionalId,
    localStart,
    localEnd,
    startAt: toInstant(localStart, timeZone).toISOString(),
    endAt: toInstant(localEnd, timeZone).toISOString(),
  };
}

/** Moves appointments on the grid. A refused one returns to its place, and the dialog offers the nearest free times. */
export function useMoveAppointment() {
  const { t } = useLingui();
  const [refused, setRefused] = useState<RefusedMove>();

  const send = async (appointment: AppointmentSummary, patch: AppointmentPatch, expected = {}): Promise<void> => {
    setRefused(undefined);
    try {
      const after = await patchAppointment(appointment, patch, expected);
      offerWayBack(appointment, after);
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) toastFailure(error);
      else setRefused({ appointment, patch, refusal });
    }
  };
  const offerWayBack = (before: AppointmentSummary, after: AppointmentSummary): void => {
    const { clientName, localStart } = after;
    const place = `${nameDay(localStart.slice(0, 10))}, ${localStart.slice(11)}`;
    toast({
      message: t`${clientName}: ${place}.`,
      action: {
        label: t`Desfazer`,
        onPress: () => {
          const { professionalId, startAt, endAt } = before;
          void send(after, { professionalId, startAt, endAt });
        },
      },
    });
  };
  return {
    move: (move: GridMove) => {
      const patch = {
        professionalId: move.professionalId,
        localStart: wallTimeAt(move.day, move.start),
        durationMinutes: move.end - move.start,
      };
      wishFocus(move.appointment.id);
      void send(move.appointment, patch, foresee(move.appointment, move));
    },
    dialog: refused !== undefined && (
      <ConflictDialog
        refusal={refused.refusal}
        onChoose={(slot) => {
          const { professionalId } = refused.patch;
          void send(refused.appointment, { professionalId, startAt: slot.startAt, endAt: slot.endAt });
        }}
        onInsist={(consent) => void send(refused.appointment, { ...refused.patch, ...consent })}
        onClose={() => {
          setRefused(undefined);
        }}
      />
    ),
  };
}
