import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { AppointmentPatch, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { toInstant } from '../../../shared/zoned-time.ts';
import { wallTimeAt } from '../../lib/wall-time.ts';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { ConflictDialog } from './booking/conflict-dialog.tsx';
import { listChanged } from './series/list-changed.ts';
import { changeStatus, patchAppointment, readRefusal, type Refusal } from './change-appointment.ts';
import { nameDay } from './day-words.ts';
import { wishFocus } from './day/focus-wish.ts';
import type { GridMove } from './day/move-target.ts';
import { type InSeries, isInSeries, type Scope } from './series/change-series.ts';
import { ScopeDialog } from './series/scope-dialog.tsx';
import { useSeriesChange } from './series/use-series-change.tsx';

interface RefusedMove {
  readonly appointment: AppointmentSummary;
  readonly patch: AppointmentPatch;
  readonly refusal: Refusal;
}

/** What the grid shows of a move before the answer arrives. */
function foresee(appointment: AppointmentSummary, move: GridMove): Partial<AppointmentSummary> {
  const { timeZone, status } = appointment;
  const localStart = wallTimeAt(move.day, move.start);
  const localEnd = wallTimeAt(move.day, move.end);
  return {
    professionalId: move.professionalId,
    localStart,
    localEnd,
    ...(localStart !== appointment.localStart && status === 'confirmed' && { status: 'scheduled' }),
    startAt: toInstant(localStart, timeZone).toISOString(),
    endAt: toInstant(localEnd, timeZone).toISOString(),
  };
}

/** What the server is asked for. */
const readPatch = ({ professionalId, day, start, end }: GridMove) => ({
  professionalId,
  localStart: wallTimeAt(day, start),
  durationMinutes: end - start,
});

/**
 * Moves appointments on the grid. A refused one returns to its place, and the dialog offers the nearest free times. One of a series asks
 * whether the others move along.
 */
export function useMoveAppointment() {
  const { t } = useLingui();
  const [refused, setRefused] = useState<RefusedMove>();
  const [asked, setAsked] = useState<{ readonly appointment: InSeries; readonly move: GridMove }>();
  const series = useSeriesChange({ onFailure: toastFailure });

  const send = async (
    appointment: AppointmentSummary,
    patch: AppointmentPatch,
    expected = {},
    isConfirmed = false,
  ): Promise<void> => {
    setRefused(undefined);
    try {
      const after = await patchAppointment(appointment, patch, expected);
      // Back at the time that it was confirmed for.
      if (isConfirmed) await changeStatus(after, { to: 'confirmed' });
      else offerWayBack(appointment, after);
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) toastFailure(error);
      else setRefused({ appointment, patch, refusal });
    }
  };
  const takeBack = async (before: AppointmentSummary, after: AppointmentSummary): Promise<void> => {
    const { professionalId, startAt, endAt } = before;
    await send(
      after,
      { professionalId, startAt, endAt },
      {},
      before.status === 'confirmed' && after.status === 'scheduled',
    );
  };
  const offerWayBack = (before: AppointmentSummary, after: AppointmentSummary): void => {
    const { clientName, localStart } = after;
    const place = `${nameDay(localStart.slice(0, 10))}, ${localStart.slice(11)}`;
    toast({
      message: t`${clientName}: ${place}.`,
      action: {
        label: t`Desfazer`,
        onPress: () => {
          void takeBack(before, after);
        },
      },
    });
  };
  const moveOne = (move: GridMove): void => {
    wishFocus(move.appointment.id);
    void send(move.appointment, readPatch(move), foresee(move.appointment, move));
  };
  const moveSeries = (appointment: InSeries, move: GridMove, scope: Scope): void => {
    if (scope === 'one') moveOne(move);
    else void series.send(appointment, scope, listChanged(appointment, readPatch(move)));
  };
  return {
    move: (move: GridMove) => {
      const { appointment } = move;
      if (isInSeries(appointment)) setAsked({ appointment, move });
      else moveOne(move);
    },
    dialog: (
      <>
        {asked !== undefined && (
          <ScopeDialog
            appointment={asked.appointment}
            onChoose={(scope) => {
              setAsked(undefined);
              moveSeries(asked.appointment, asked.move, scope);
            }}
            onClose={() => {
              setAsked(undefined);
            }}
          />
        )}
        {series.dialog}
        {refused !== undefined && (
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
        )}
      </>
    ),
  };
}
