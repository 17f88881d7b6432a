import { ApiError } from '../../src/shared/api-client.ts';
import type { Appointment, AppointmentInput } from '../../src/shared/contracts/agenda/appointments.ts';
import type { SignedIn, TestServer } from './server.ts';
import { signInTwoClinics, type TwoClinics } from './two-clinics.ts';

/** Two clinics, each professional of the first with a client. */
export interface Agenda extends TwoClinics {
  readonly brunosClient: string;
  readonly anasClient: string;
}

let names = 0;

/** Registers a client who belongs to a professional. @returns the id */
export async function registerClient(by: SignedIn, professionalId: string, values: object = {}): Promise<string> {
  const body = { firstName: 'Cliente', lastName: String((names += 1)), professionalId, ...values };
  return (await by.api('POST /clients', { body })).body.id;
}

/** Two clinics that no other test uses, with clients. */
export async function openAgenda(server: TestServer): Promise<Agenda> {
  const people = await signInTwoClinics(server);
  const { ana, bruno } = people;
  return {
    ...people,
    brunosClient: await registerClient(ana, bruno.professionalId),
    anasClient: await registerClient(ana, ana.professionalId),
  };
}

/** A Monday far enough ahead that nothing of it is past. */
export const monday = '2031-03-03';

/** An instant of that Monday, by the wall clock of São Paulo. */
export const at = (time: string, day = monday): string => new Date(`${day}T${time}:00-03:00`).toISOString();

/** What books Bruno's client with him on that Monday at ten, unless the values say otherwise. */
export const brunosVisit = (
  { bruno, brunosClient }: Agenda,
  values: Partial<AppointmentInput> = {},
): AppointmentInput => ({
  clientId: brunosClient,
  professionalId: bruno.professionalId,
  startAt: at('10:00'),
  ...values,
});

/** Books an appointment. @returns it */
export const bookVisit = async ({ api }: SignedIn, body: AppointmentInput): Promise<Appointment> =>
  (await api('POST /appointments', { body })).body;

/** The status of a request, with its code when it is refused: `201`, `409 appointment_conflict`. */
export async function answerTo(request: Promise<{ readonly status: number }>): Promise<string> {
  try {
    return String((await request).status);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${String(error.status)} ${error.problem.code}`;
  }
}
