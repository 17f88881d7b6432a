import { isTooMuchExtra } from '../../../../shared/extra-columns.ts';
import type { Reject, WantedAppointment } from '../matching/decisions.ts';
import type { ImportRow, NextAppointment, RowProblemCode } from '../reading/rows/rows.ts';
import type { ClinicAgenda } from './clinic-agenda.ts';
import { planAppointment } from './plan-appointment.ts';

/** The next appointments of a list of clients. A client comes in whatever becomes of the appointment. */
export class NextAppointments {
  readonly #agenda: ClinicAgenda;
  readonly #now: Date;

  constructor(agenda: ClinicAgenda, now: Date) {
    this.#agenda = agenda;
    this.#now = now;
  }

  /** The row, with an appointment that cannot be booked kept as extra. */
  settle(row: ImportRow): ImportRow {
    const { next } = row;
    const problem = next && this.#problemOf(next);
    if (next === undefined || problem === undefined) return row;
    const extra = { ...row.extra, ...next.extra };
    return { ...row, ...(!isTooMuchExtra(extra) && { extra }), next: { ...next, problem } };
  }

  /** What a settled row wants to be booked, or why it cannot be. */
  plan(
    { line, cells, next, archivedAt }: ImportRow,
    client: { readonly id: string; readonly professionalId: string },
  ): WantedAppointment | Reject | undefined {
    if (next === undefined) return undefined;
    const { column, text: value, start } = next;
    const refuse = (code: RowProblemCode): Reject => ({
      ...{ line, cells, kind: 'unbooked', problems: [{ column, code, value }], clientId: undefined },
    });
    if (start === undefined || next.problem !== undefined) return refuse(next.problem ?? 'time_missing');
    if (archivedAt !== undefined) return refuse('client_archived');
    const target = { clientId: client.id, professionalId: client.professionalId, now: this.#now };
    const appointment = planAppointment({ start }, this.#agenda, target);
    return 'code' in appointment ? refuse(appointment.code) : { appointment, line, cells, column, value };
  }

  #problemOf({ problem, start }: NextAppointment): RowProblemCode | undefined {
    if (problem !== undefined || start === undefined) return problem;
    return this.#agenda.readTime(start) <= this.#now ? 'past_appointment' : undefined;
  }
}
