import pg from 'pg';
import type { Standing } from '../../shared/permissions.ts';

/** The database cannot be reached, or the connection broke while a statement ran. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database is unavailable', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** So many requests already wait for a connection that this one could not be answered in time. */
export class DatabaseBusy extends DatabaseUnavailable {
  constructor() {
    super(new Error('too many wait for a connection'));
    this.name = 'DatabaseBusy';
  }
}

/** A read was cancelled because it exceeded its time limit. */
export class ReadTooSlow extends Error {
  constructor(cause: unknown) {
    super('a read took too long', { cause });
    this.name = 'ReadTooSlow';
  }
}

/** One person or clinic has sent more requests at once than their share of the connections can answer in time. */
export class ShareUsedUp extends Error {
  constructor() {
    super('too many wait for their share of the connections');
    this.name = 'ShareUsedUp';
  }
}

/** The device session has ended. `details` say why, when and from which kind of device, each null when unknown. */
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

/** What the person may do differs from what the caller took it to be; `standing` is how it is now. */
export class StandingChanged extends Error {
  readonly standing: Standing;

  constructor(standing: Standing) {
    super('the standing has changed');
    this.name = 'StandingChanged';
    this.standing = standing;
  }
}

// SQLSTATE: 08… connection, 25006 read only (a demoted server), 53… out of resources (also a full disk), 57P… operator
// intervention, 57014 statement timeout.
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

/** True when the error means that the database is unavailable, not that the statement was wrong. */
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

/** True when PostgreSQL cancelled a statement because its time was up. The connection can still be used. */
export const isOutOfTime = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '57014';

/** The name of the constraint that the statement violated; undefined for every other error. */
export const brokenConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code?.startsWith('23') === true ? error.constraint : undefined;

/** True when the server rolled the transaction back to end a deadlock: nothing was written, it can run again. */
export const isDeadlock = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '40P01';
