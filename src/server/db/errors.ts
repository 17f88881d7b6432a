import pg from 'pg';

/** The database cannot be reached, or went away in the middle. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database is unavailable', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** More requests wait for a connection than could be answered in time. */
export class DatabaseBusy extends DatabaseUnavailable {
  constructor() {
    super(new Error('too many wait for a connection'));
    this.name = 'DatabaseBusy';
  }
}

/** A read took longer than its time, and was given up. */
export class ReadTooSlow extends Error {
  constructor(cause: unknown) {
    super('a read took too long', { cause });
    this.name = 'ReadTooSlow';
  }
}

/** More is asked for at once, on behalf of one person or clinic, than their share of the connections can do in time. */
export class ShareUsedUp extends Error {
  constructor() {
    super('too many wait for their share of the connections');
    this.name = 'ShareUsedUp';
  }
}

/** The device session is over; why, when and by which kind of device, where known. */
export class SessionEnded extends Error {
  readonly details: {
    readonly reason: string | null;
    readonly endedAt: string | null;
    readonly endedBy: string | null;
  };

  constructor(details: SessionEnded['details']) {
    super('the session has ended');
    this.name = 'SessionEnded';
    this.details = details;
  }
}

/** The person's role is no longer the one in the token. */
export class RoleChanged extends Error {
  readonly role: string;

  constructor(role: string) {
    super('the role has changed');
    this.name = 'RoleChanged';
    this.role = role;
  }
}

// Classes of SQLSTATE: 08 connection, 25006 read only (a server that was demoted), 53 out of resources (disk full too), 57P
// operator intervention, 57014 took too long.
const unavailableState = /^(08|25006|53|57P0[1-4]|57014)/;
const unavailableErrno = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/** Whether an error means that the database is away, not that the statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return unavailableState.test(error.code ?? '');
  const code = 'code' in error ? String(error.code) : '';
  return (
    unavailableErrno.has(code) ||
    /^(Connection terminated|timeout expired|timeout exceeded|Query read timeout|Client (has encountered|was closed))/.test(
      error.message,
    )
  );
}

/** Whether PostgreSQL ended a statement because its time was up; the connection is as good as before. */
export const isOutOfTime = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '57014';

/** The name of the constraint that a statement broke, if that is what happened. */
export const brokenConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code?.startsWith('23') === true ? error.constraint : undefined;

/** Whether the server rolled this transaction back to end a deadlock: nothing was done, it can run again. */
export const isDeadlock = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '40P01';
