import { v7 as uuidv7 } from 'uuid';
import type { AppointmentStatus } from '../../../../shared/contracts/agenda/appointments.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { type AppointmentValues, changesBetween, newAppointment, takesTime } from '../fields.ts';
import { holdClients } from '../../clients/api.ts';
import { insertAppointmentsOfImport } from '../write-queries.ts';
import { listWhatStands, lockAgendasOfClinic, type StandingRow } from './import-queries.ts';
import { TakenTimes } from './taken-times.ts';

/** An appointment that an import wants to be in the agenda. */
export interface ImportedAppointment {
  readonly clientId: string;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly visitType: string;
  readonly title: string | null;
  readonly location: string | null;
  readonly notes: string | null;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly status: AppointmentStatus;
}

/** What became of one; `standing`: it was in the agenda already. `clientId` is who has the time. */
export type ImportedOutcome =
  | { readonly kind: 'booked' | 'standing' | 'archived' }
  | { readonly kind: 'professional' | 'room' | 'client'; readonly clientId: string };

interface ImportFacts {
  readonly clinicId: string;
  readonly importId: string;
  readonly timeZone: string;
  /** In whose name. */
  readonly author: { readonly professionalId: string; readonly sessionId: string | null };
  /** Decides everything and writes nothing. */
  readonly dryRun: boolean;
}

const together = 500;

/**
 * Books the appointments of one import in its transaction, each for itself: one whose time is taken is left out. The first of
 * several that want a time gets it. Takes rights for granted.
 */
export class AppointmentImport {
  readonly #tx: Transaction;
  readonly #facts: ImportFacts;
  readonly #taken = new TakenTimes();
  readonly #own = new Set<string>();

  constructor(tx: Transaction, facts: ImportFacts) {
    this.#tx = tx;
    this.#facts = facts;
  }

  /**
   * Locks the agendas of all professionals of the clinic, so that nobody books there until the transaction ends: call it before
   * what is still to come. Every appointment has a professional, so rooms and clients need no locks of their own.
   */
  lock(): Promise<unknown> {
    return lockAgendasOfClinic(this.#tx, this.#facts.clinicId);
  }

  /** @returns what became of each, in the order given */
  async book(wanted: readonly ImportedAppointment[]): Promise<ImportedOutcome[]> {
    const outcomes: ImportedOutcome[] = [];
    for (let at = 0; at < wanted.length; at += together)
      outcomes.push(...(await this.#bookSome(wanted.slice(at, at + together))));
    return outcomes;
  }

  async #bookSome(wanted: readonly ImportedAppointment[]): Promise<ImportedOutcome[]> {
    const { clinicId, importId } = this.#facts;
    const held = await holdClients(this.#tx, clinicId, [...new Set(wanted.map(({ clientId }) => clientId))]);
    const archived = new Set(held.filter(({ archived_at }) => archived_at !== null).map(({ id }) => id));
    const rows = await listWhatStands(this.#tx, { clinicId, importId }, wanted);
    const standing = new Map(rows.map((row) => [row.index, row]));
    const outcomes = wanted.map((each, index): ImportedOutcome =>
      archived.has(each.clientId) ? { kind: 'archived' } : this.#decide(each, standing.get(index)),
    );
    const booked = wanted.filter((_, index) => outcomes[index]?.kind === 'booked');
    if (booked.length > 0 && !this.#facts.dryRun) await this.#write(booked);
    return outcomes;
  }

  #decide(wanted: ImportedAppointment, found: StandingRow | undefined): ImportedOutcome {
    const { clientId, professionalId, roomId, startAt, endAt } = wanted;
    const key = [clientId, professionalId, startAt.getTime()].join(' ');
    if (found?.stands === true || this.#own.has(key)) return { kind: 'standing' };
    if (takesTime({ status: wanted.status, deleted_at: null })) {
      const own = (whose: string | null): string | undefined =>
        whose === null ? undefined : this.#taken.find(whose, startAt, endAt)?.clientId;
      const clash = {
        professional: found?.professional_hit ?? own(professionalId),
        room: found?.room_hit ?? own(roomId),
        client: found?.client_hit === true || own(clientId) !== undefined ? clientId : undefined,
      };
      for (const kind of ['professional', 'room', 'client'] as const) {
        const inTheWay = clash[kind];
        if (inTheWay !== undefined) return { kind, clientId: inTheWay };
      }
      for (const whose of [professionalId, roomId, clientId])
        if (whose !== null) this.#taken.add(whose, startAt, endAt, clientId);
    }
    this.#own.add(key);
    return { kind: 'booked' };
  }

  async #write(booked: readonly ImportedAppointment[]): Promise<void> {
    const { clinicId, importId, author, timeZone } = this.#facts;
    const rows = booked.map((each) => {
      const values = toValues(each, timeZone);
      return { id: uuidv7(), values, changes: changesBetween(undefined, values) };
    });
    await insertAppointmentsOfImport(this.#tx, { clinicId, ...author }, importId, rows);
  }
}

const toValues = (wanted: ImportedAppointment, timeZone: string): AppointmentValues => ({
  ...newAppointment,
  client_id: wanted.clientId,
  professional_id: wanted.professionalId,
  room_id: wanted.roomId,
  visit_type: wanted.visitType,
  title: wanted.title,
  start_at: wanted.startAt,
  end_at: wanted.endAt,
  time_zone: timeZone,
  location: wanted.location,
  notes: wanted.notes,
  status: wanted.status,
});
