import type { OverlapRow } from './reservation-queries.ts';

/** An appointment that is in the way. */
export interface InTheWay {
  readonly id: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly clientId: string;
  readonly clientName: string;
}

/** Why one of several appointments could not have its time. */
export interface Clash {
  /** Its place in the list that was given. */
  readonly index: number;
  /** `time`: professional or room are taken; `client`: the client is elsewhere; `forbidden`: the clinic allows no encaixe. */
  readonly kind: 'time' | 'client' | 'forbidden';
  /** Other appointments; empty where two of the list collide with each other. */
  readonly inTheWay: readonly InTheWay[];
  /** What was asked for. */
  readonly wish: {
    readonly professionalId: string;
    readonly roomId: string | null;
    readonly clientId: string;
    readonly startAt: Date;
    readonly endAt: Date;
  };
}

/** Nothing was written: the times of these are taken. Whoever answers a request turns it into a DomainError. */
export class TimeTaken extends Error {
  readonly clashes: readonly Clash[];
  /** Appointments that would have moved: their own times count as free. */
  readonly movingIds: readonly string[];

  constructor(clashes: readonly Clash[], movingIds: readonly string[]) {
    super('the time is taken');
    this.name = 'TimeTaken';
    this.clashes = clashes;
    this.movingIds = movingIds;
  }
}

export const toInTheWay = (row: OverlapRow): InTheWay => ({
  id: row.id,
  startAt: row.start_at,
  endAt: row.end_at,
  professionalId: row.professional_id,
  roomId: row.room_id,
  clientId: row.client_id,
  clientName: row.client_name,
});
