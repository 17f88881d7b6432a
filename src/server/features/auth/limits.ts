import type { Transaction } from '../../db/transaction.ts';
import { type DomainError, limitReached } from '../../domain-error.ts';
import { toAddressBlock } from '../../http/address.ts';
import type { AuthDependencies, LimitDependencies } from './dependencies.ts';
import { chargeLimits, countUp, type Limit } from './limit-queries.ts';
import { canonicalizeEmail } from './secrets.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Points of a limit that only counts and never refuses. */
const unlimited = 2_000_000_000;

/** Factor for the hourly and daily limits while DEBUG is on: developers and tests sign in all day long. */
const debugAllowance = 10;

/** The most invitations per clinic and day, and per person and hour. */
const invitationsADay = 40;
const invitationsAnHour = 20;

export interface Inviter {
  readonly clinicId: string;
  readonly professionalId: string;
}

/** A limit that does not depend on the configuration. */
const makeFixedLimit = (
  { keyring }: LimitDependencies,
  name: string,
  counted: string,
  points: number,
  seconds: number,
): Limit => ({
  key: `${name}/${keyring.hash('limit', counted)}`,
  points,
  seconds,
});

/** Who a request is counted for. */
export interface Asker {
  readonly email: string;
  /** The key of a device that the person has signed in on before, or empty for the lane shared by unknown devices. */
  readonly lane: string;
  readonly address: string;
}

export const tooManyRequests = (seconds: number): DomainError =>
  limitReached('too_many_requests', seconds, { reason: 'attempts' });

export const tooManyInvitations = (seconds: number): DomainError =>
  limitReached('too_many_requests', seconds, { reason: 'invitations' });

/** Refuses a guess and tells other ways in: the lockout applies neither to the link in the mail nor to passkeys. */
export const tooManyGuesses = ({ config }: AuthDependencies, seconds: number): DomainError =>
  limitReached('too_many_requests', seconds, {
    reason: config.publicUrl === undefined ? 'guesses' : 'guesses_with_link',
  });

/** Prepares the limits of an asker. They are multiples of OTP_THROTTLE_PER_MINUTE; keys are stored as keyed hashes. */
function prepareLimits({ config, keyring }: AuthDependencies, asker: Asker) {
  const place = toAddressBlock(asker.address);
  const email = canonicalizeEmail(asker.email);
  const limit = (name: string, counted: string, perThrottle: number, seconds: number): Limit => ({
    key: `${name}/${keyring.hash('limit', counted)}`,
    points: Math.min(perThrottle * config.otp.throttlePerMinute, unlimited),
    seconds,
  });
  return { place, email, limit };
}

/** Charges a request for a code (docs/security.md, “Limits”). @returns the seconds to wait, 0 if it is allowed */
export async function chargeCodeRequest(deps: AuthDependencies, tx: Transaction, asker: Asker): Promise<number> {
  const { place, email, limit } = prepareLimits(deps, asker);
  const lane = JSON.stringify([email, asker.lane]);
  const pair = JSON.stringify([email, place]);
  const cap = (name: string, counted: string, perThrottle: number, seconds: number): Limit =>
    limit(name, counted, perThrottle * (deps.config.debug ? debugAllowance : 1), seconds);
  // The address's own limits come along, so that its refused requests do not use up those of the e-mail.
  const fromHere =
    asker.lane === ''
      ? [
          limit('codes-address-minute', place, 1, minute),
          cap('codes-address-hour', place, 6, hour),
          cap('codes-address-day', place, 40, day),
          cap('codes-pair-hour', pair, 2, hour),
          cap('codes-pair-day', pair, 4, day),
        ]
      : [];
  const always = [...fromHere, limit('codes-email-minute', lane, 1, minute)];
  const caps = [cap('codes-email-hour', lane, 4, hour), cap('codes-email-day', lane, 10, day)];
  const wait = await chargeLimits(tx, [...always, ...caps]);
  if (wait === 0) return 0;
  // Beyond the caps a code is still sent now and then, so that nobody can lock a person out by using them up: the newest mail
  // always has a code with at least half of its lifetime left.
  const trickle = {
    ...limit('codes-email-trickle', lane, 1, Math.max(minute, Math.ceil(deps.config.otp.ttlSeconds / 2))),
    points: 1,
  };
  return Math.min(wait, await chargeLimits(tx, [...always, trickle]));
}

/**
 * Numbers the codes that this known device, or this address, requests for an e-mail within half a day. The number reveals
 * neither what others requested nor whether an account exists.
 */
export function numberCode(deps: AuthDependencies, tx: Transaction, asker: Asker): Promise<number> {
  const { place, email, limit } = prepareLimits(deps, asker);
  const { key } = limit('codes-number', JSON.stringify([email, asker.lane === '' ? place : asker.lane]), 1, day);
  return countUp(tx, key, day / 2);
}

/** The limits of guesses from unknown devices. */
export function guessLimits(deps: AuthDependencies, asker: Asker) {
  const { place, email, limit } = prepareLimits(deps, asker);
  const fromHere = limit('guess-pair', JSON.stringify([email, place]), 1, day);
  return {
    /** Wrong guesses from one address, on any account. */
    address: [limit('guess-address-10min', place, 5, 10 * minute), limit('guess-address-day', place, 20, day)],
    /** Only counts: remembers that this address guessed wrong on this account within a day. */
    mark: { ...fromHere, points: unlimited },
    /** While the account is locked: five guesses a day, only from addresses that have not guessed wrong yet. */
    reserve: [
      { ...fromHere, points: 1 },
      { ...limit('guess-reserve', email, 1, day), points: 5 },
    ],
    /** Wrong guesses from all unknown devices, on all accounts. */
    overall: [limit('guess-all-10min', 'all', 10, 10 * minute), limit('guess-all-day', 'all', 100, day)],
  };
}

export const toCountedOnly = (limits: readonly Limit[]): Limit[] =>
  limits.map((limit) => ({ ...limit, points: unlimited }));

const nobody = { email: '@', lane: '' };

/** Limits of requests for passkey challenges. A sign-in page makes one each time it is opened. */
export const challengeLimits = (deps: AuthDependencies, address: string): Limit[] => {
  const { place, limit } = prepareLimits(deps, { ...nobody, address });
  return [limit('passkey-address-minute', place, 12, minute), limit('passkey-address-day', place, 400, day)];
};

/** Limits of sign-ins by passkey or mail link from one address, right or wrong, because each costs work. */
export const entryLimits = (deps: AuthDependencies, address: string): Limit[] => {
  const { place, limit } = prepareLimits(deps, { ...nobody, address });
  return [limit('entry-address-minute', place, 6, minute), limit('entry-address-day', place, 200, day)];
};

/** Limits of passkey sign-ins of one person; charged only for valid signatures, so that nobody else can use them up. */
export const passkeyOwnerLimits = (deps: AuthDependencies, professionalId: string): Limit[] => {
  const { limit } = prepareLimits(deps, { ...nobody, address: '' });
  return [
    limit('passkey-owner-minute', professionalId, 2, minute),
    limit('passkey-owner-day', professionalId, 40, day),
  ];
};

/** Limits of passkeys that one person begins to add. */
export const passkeyAdditionLimits = (deps: AuthDependencies, professionalId: string): Limit[] => {
  const { limit } = prepareLimits(deps, { ...nobody, address: '' });
  return [limit('passkey-add-minute', professionalId, 4, minute), limit('passkey-add-day', professionalId, 20, day)];
};

/** Limits of invitations that one person and one clinic send. */
export const invitationLimits = (deps: LimitDependencies, inviter: Inviter): Limit[] => [
  makeFixedLimit(deps, 'invitations-clinic-day', inviter.clinicId, invitationsADay, day),
  makeFixedLimit(deps, 'invitations-person-hour', inviter.professionalId, invitationsAnHour, hour),
];

/** Limit of invitations to one e-mail address, from all clinics. */
export const invitedLimits = (deps: LimitDependencies, email: string): Limit[] => [
  makeFixedLimit(deps, 'invited-email-day', canonicalizeEmail(email), 5, day),
];

/** Limits of requests from one address to a page that needs no session. `page` is part of the limits' names. */
export const publicPageLimits = (deps: LimitDependencies, { page, address, perMinute }: PublicPageUse): Limit[] => {
  const place = toAddressBlock(address);
  return [
    makeFixedLimit(deps, `${page}-address-minute`, place, perMinute, minute),
    makeFixedLimit(deps, `${page}-address-day`, place, perMinute * 60, day),
  ];
};

export interface PublicPageUse {
  readonly page: string;
  readonly address: string;
  readonly perMinute: number;
}
