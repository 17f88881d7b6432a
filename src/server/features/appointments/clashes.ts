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
  readonly inTheWay: readonly InTheWay[];
}

/** Nothing was written: the times of these are taken. Whoever answers a request turns it into a DomainError. */
export class TimeTaken extends Error {
  readonly clashes: readonly Clash[];

  constructor(clashes: readonly Clash[]) {
    super('the time is taken');
    this.name = 'TimeTaken';
    this.clashes = clashes;
  }
}
