import { areOfAppointments, haveNextAppointment } from '../../../../shared/appointment-columns.ts';
import { type Scope, wholeClinic } from '../../../../shared/permissions.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { AppointmentImport } from '../../appointments/bulk-api.ts';
import { agendaScope } from '../access/policy.ts';
import { selectAgendaFacts } from '../agenda/agenda-queries.ts';
import { Bookings } from '../agenda/bookings.ts';
import { ClinicAgenda } from '../agenda/clinic-agenda.ts';
import { NextAppointments } from '../agenda/next-appointments.ts';
import type { Column } from '../reading/columns/columns.ts';
import type { Attempt } from './attempt.ts';

interface OpenedAgenda {
  /** A list of appointments, or one of clients with the next appointment of each. */
  readonly kind: 'list' | 'next';
  readonly agenda: ClinicAgenda;
  readonly bookings: Bookings;
  readonly next: NextAppointments;
  /** When the import began: what ends later is still to come. */
  readonly now: Date;
}

/** What an import needs for its appointments; undefined for a file without any. */
export async function openAgenda(
  tx: Transaction,
  { queued, role }: Attempt,
  columns: readonly Column[],
): Promise<OpenedAgenda | undefined> {
  const isList = areOfAppointments(columns);
  if (!isList && !haveNextAppointment(columns)) return undefined;
  const { id: importId, clinic_id: clinicId, created_by: professionalId, session_id: sessionId } = queued;
  // The host's operator has no role.
  const scope: Scope = role === undefined ? wholeClinic : agendaScope({ role, clinicalAccess: true, professionalId });
  const agenda = new ClinicAgenda(await selectAgendaFacts(tx, clinicId), scope);
  const now = new Date();
  const appointments = new AppointmentImport(tx, {
    ...{ clinicId, importId, timeZone: agenda.timeZone, dryRun: queued.dry_run },
    author: { professionalId, sessionId },
  });
  const bookings = new Bookings(appointments, { now, kind: isList ? 'conflict' : 'unbooked' });
  return { kind: isList ? 'list' : 'next', agenda, bookings, next: new NextAppointments(agenda, now), now };
}
