import type { AppointmentImport, ImportedOutcome } from '../../appointments/bulk-api.ts';
import type { Reject, WantedAppointment } from '../matching/decisions.ts';
import type { AppointmentProblemCode } from '../reading/rows/rows.ts';
import { FileProblem } from '../reading/records/records.ts';

export interface Booked {
  readonly booked: number;
  readonly standing: number;
  readonly rejects: readonly Reject[];
}

const nothing: Booked = { booked: 0, standing: 0, rejects: [] };

/** More are surely several clinics, or a mistake; what is still to come is kept in memory with its rows. */
const mostAppointments = 100_000;

const codes: Readonly<Record<Exclude<ImportedOutcome['kind'], 'booked' | 'standing'>, AppointmentProblemCode>> = {
  professional: 'time_taken',
  room: 'room_taken',
  client: 'client_elsewhere',
  archived: 'client_archived',
};

/**
 * Books the appointments of an import. Past ones are written as they come. Those to come wait until the end, so that the agendas
 * are locked for as short as possible.
 */
export class Bookings {
  readonly #import: AppointmentImport;
  readonly #now: Date;
  /** How rows are listed whose time is taken. */
  readonly #kind: Reject['kind'];
  #coming: WantedAppointment[] = [];
  #count = 0;

  constructor(appointments: AppointmentImport, { now, kind }: { readonly now: Date; readonly kind: Reject['kind'] }) {
    this.#import = appointments;
    this.#now = now;
    this.#kind = kind;
  }

  /** Books what is past. Throws FileProblem. */
  async take(wanted: readonly WantedAppointment[]): Promise<Booked> {
    if (wanted.length === 0) return nothing;
    this.#count += wanted.length;
    if (this.#count > mostAppointments)
      throw new FileProblem('too_many_appointments', { details: { count: mostAppointments } });
    const isComing = ({ appointment }: WantedAppointment): boolean => appointment.endAt > this.#now;
    for (const each of wanted) if (isComing(each)) this.#coming.push(each);
    return this.#book(wanted.filter((each) => !isComing(each)));
  }

  /** Books what is still to come. The transaction ends soon afterwards. */
  async finish(): Promise<Booked> {
    if (this.#coming.length === 0) return nothing;
    await this.#import.lock();
    const coming = this.#coming;
    this.#coming = [];
    return this.#book(coming);
  }

  async #book(wanted: readonly WantedAppointment[]): Promise<Booked> {
    if (wanted.length === 0) return nothing;
    const outcomes = await this.#import.book(wanted.map(({ appointment }) => appointment));
    const count = (kind: ImportedOutcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
    const rejects = wanted.flatMap((each, index) => this.#reject(each, outcomes[index]) ?? []);
    return { booked: count('booked'), standing: count('standing'), rejects };
  }

  #reject({ line, cells, column, value }: WantedAppointment, outcome: ImportedOutcome | undefined): Reject | undefined {
    if (outcome === undefined || outcome.kind === 'booked' || outcome.kind === 'standing') return undefined;
    const problems = [{ column, code: codes[outcome.kind], value }];
    return { line, kind: this.#kind, cells, problems, clientId: 'clientId' in outcome ? outcome.clientId : undefined };
  }
}
