import type { AppointmentStatus } from '../../../../shared/contracts/agenda/appointments.ts';
import type { AppointmentColumn } from '../../../../shared/appointment-columns.ts';
import type { ImportedAppointment } from '../../appointments/bulk-api.ts';
import type { ReadAppointment, RowProblemCode } from '../reading/rows/rows.ts';
import type { ClinicAgenda } from './clinic-agenda.ts';

/** Why an appointment cannot be had, and the column at fault. */
interface PlanProblem {
  readonly code: RowProblemCode;
  readonly meaning: AppointmentColumn | undefined;
}

const minute = 60_000;
const shortest = 5;
const longest = 720;

interface Target {
  readonly clientId: string;
  /** Whose it is if the row names nobody. */
  readonly professionalId: string;
  readonly now: Date;
}

/** Turns what a row says into an appointment of the clinic. */
export function planAppointment(
  read: ReadAppointment,
  agenda: ClinicAgenda,
  { clientId, professionalId, now }: Target,
): ImportedAppointment | PlanProblem {
  const visit = agenda.findVisitType(read.visitType);
  if (visit === undefined) return { code: 'no_visit_type', meaning: 'appointment.visitType' };
  const startAt = agenda.readTime(read.start);
  const endAt = endOf(read, startAt, visit.type.minutes, agenda);
  if (endAt <= startAt) return { code: 'ends_before_start', meaning: 'appointment.end' };
  const length = (endAt.getTime() - startAt.getTime()) / minute;
  const lengthColumn = read.end === undefined ? 'appointment.minutes' : 'appointment.end';
  if (length < shortest || length > longest) return { code: 'invalid_length', meaning: lengthColumn };
  const isComing = endAt > now;
  const person =
    read.professional === undefined
      ? agenda.getProfessional(professionalId)
      : agenda.findProfessional(read.professional);
  const refused = typeof person === 'string' ? person : agenda.refuseProfessional(person, isComing);
  if (typeof person === 'string' || refused !== undefined)
    return { code: refused ?? 'professional_unknown', meaning: 'appointment.professional' };
  const status = statusOf(read, isComing);
  if ((status === 'done' || status === 'noShow') && startAt > now)
    return { code: 'still_ahead', meaning: 'appointment.status' };
  const { title, type } = visit;
  const place = agenda.findRoom(read.room);
  return {
    ...{ clientId, professionalId: person.id, visitType: type.key, title, ...place },
    ...{ notes: read.notes ?? null, startAt, endAt, status },
  };
}

function endOf({ end, minutes }: ReadAppointment, startAt: Date, usualMinutes: number, agenda: ClinicAgenda): Date {
  if (end !== undefined) return agenda.readTime(end);
  return new Date(startAt.getTime() + (minutes ?? usualMinutes) * minute);
}

/** A visit of which nothing else is said took place if it is past. */
const statusOf = ({ status }: ReadAppointment, isComing: boolean): AppointmentStatus =>
  status ?? (isComing ? 'scheduled' : 'done');
