import type {
  Appointment,
  AppointmentConflict,
  AppointmentPatch,
  AppointmentSummary,
  Transition,
} from '../../../shared/contracts/agenda/appointments.ts';
import { agendaKeys, refreshAgenda, type WindowAppointments } from '../../entities/appointment/appointment-queries.ts';
import { ApiError, api } from '../../lib/api.ts';
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

/** Runs a change that the page shows at once. When it is refused, the appointment is shown as it was. */
async function changeAtOnce(
  before: AppointmentSummary,
  expected: Partial<AppointmentSummary>,
  send: () => Promise<Appointment>,
): Promise<Appointment> {
  // An answer that is under way would show the state before the change.
  await queryClient.cancelQueries({ queryKey: agendaKeys.windows });
  showAppointment({ ...before, ...expected });
  try {
    const after = await send();
    showAppointment(after);
    return after;
  } catch (error) {
    showAppointment(before);
    throw error;
  } finally {
    void refreshAgenda();
  }
}

const ifMatch = ({ version }: AppointmentSummary): Record<string, string> => ({ 'if-match': `"${String(version)}"` });

/** Changes or moves an appointment. `expected`: what the page shows until the answer arrives. */
export const patchAppointment = (
  appointment: AppointmentSummary,
  patch: AppointmentPatch,
  expected: Partial<AppointmentSummary> = {},
): Promise<Appointment> =>
  changeAtOnce(
    appointment,
    expected,
    async () =>
      (
        await api('PATCH /appointments/{id}', {
          params: { id: appointment.id },
          body: patch,
          headers: ifMatch(appointment),
        })
      ).body,
  );

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
    await api('DELETE /appointments/{id}', { params: { id: appointment.id }, headers: ifMatch(appointment) });
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
