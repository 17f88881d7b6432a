import type {
  Appointment,
  AppointmentConflict,
  AppointmentPatch,
  AppointmentSummary,
  Transition,
} from '../../../shared/contracts/agenda/appointments.ts';
import { agendaKeys, refreshAgenda, type WindowAppointments } from '../../entities/appointment/appointment-queries.ts';
import { ApiError, api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { queryClient } from '../../lib/query.ts';

/** Shows an appointment as it is now, in every view that has it. */
function showAppointment(changed: AppointmentSummary): void {
  queryClient.setQueriesData<WindowAppointments>(
    { queryKey: agendaKeys.windows },
    (known) =>
      known && {
        ...known,
        items: known.items.map((each) => (each.id === changed.id ? { ...each, ...changed } : each)),
      },
  );
}

/** Changes that are under way, by appointment: the next one of the same appointment waits for it. */
const underWay = new Map<string, Promise<Appointment>>();

/** The version that an appointment has once the change before is done: a second move may come before the answer to the first. */
async function awaitVersion({ id, version }: AppointmentSummary): Promise<number> {
  try {
    return (await underWay.get(id))?.version ?? version;
  } catch {
    return version;
  }
}

/** Runs a change that the page shows at once. When it is refused, the appointment is shown as it was. */
async function changeAtOnce(
  before: AppointmentSummary,
  expected: Partial<AppointmentSummary>,
  send: (version: number) => Promise<Appointment>,
): Promise<Appointment> {
  const change = awaitVersion(before).then(send);
  underWay.set(before.id, change);
  // An answer that is under way would show the state before the change.
  void queryClient.cancelQueries({ queryKey: agendaKeys.windows });
  showAppointment({ ...before, ...expected });
  try {
    const after = await change;
    if (underWay.get(before.id) === change) showAppointment(after);
    return after;
  } catch (error) {
    if (underWay.get(before.id) === change) showAppointment(before);
    throw error;
  } finally {
    if (underWay.get(before.id) === change) underWay.delete(before.id);
    void refreshAgenda();
  }
}

/** Changes or moves an appointment. `expected`: what the page shows until the answer arrives. */
export const patchAppointment = (
  appointment: AppointmentSummary,
  patch: AppointmentPatch,
  expected: Partial<AppointmentSummary> = {},
): Promise<Appointment> => {
  const params = { id: appointment.id };
  return changeAtOnce(
    appointment,
    expected,
    async (version) => (await api('PATCH /appointments/{id}', { params, body: patch, headers: ifMatch(version) })).body,
  );
};

export const changeStatus = (appointment: AppointmentSummary, change: Transition): Promise<Appointment> =>
  changeAtOnce(
    appointment,
    { status: change.to, pending: false },
    async () =>
      (await api('POST /appointments/{id}/transitions', { params: { id: appointment.id }, body: change })).body,
  );

/** Takes back an appointment that was entered by mistake. */
export async function removeAppointment(appointment: AppointmentSummary): Promise<void> {
  try {
    await api('DELETE /appointments/{id}', { params: { id: appointment.id }, headers: ifMatch(appointment.version) });
  } finally {
    void refreshAgenda();
  }
}

/** Why a time was refused: what is in the way, and the nearest free times. */
export interface Refusal extends AppointmentConflict {
  readonly code: 'appointment_conflict' | 'client_conflict';
  readonly message: string;
}

/** The refusal in an error; undefined for any other failure. */
export function readRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, detail, ...rest } = error.problem;
  if (code !== 'appointment_conflict' && code !== 'client_conflict') return undefined;
  const { conflicts = [], nearest = [] } = rest as unknown as Partial<AppointmentConflict>;
  return { code, message: detail, conflicts, nearest };
}
