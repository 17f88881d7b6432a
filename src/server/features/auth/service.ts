import type { Transaction } from '../../db/transaction.ts';
import type { LimitDependencies } from './dependencies.ts';
import { chargeClinicLimits, chargeLimits, refundLimits } from './limit-queries.ts';
import {
  invitationLimits,
  invitedLimits,
  type Inviter,
  type PublicPageUse,
  publicPageLimits,
  tooManyInvitations,
  tooManyRequests,
} from './limits.ts';
import { endSessionsOfClinic, endSessionsOfPerson } from './session-queries.ts';

/** Charges an invitation, in the transaction that creates it. Throws too_many_requests. */
export async function chargeInvitation(deps: LimitDependencies, tx: Transaction, inviter: Inviter): Promise<void> {
  const wait = await chargeClinicLimits(tx, invitationLimits(deps, inviter));
  if (wait > 0) throw tooManyInvitations(wait);
}

/** Counts an invitation mailed to an address. @returns false when the address has received enough for today */
export const countInvited = async (deps: LimitDependencies, tx: Transaction, email: string): Promise<boolean> =>
  (await chargeLimits(tx, invitedLimits(deps, email))) === 0;

/** Takes back a count, when the mail could not be sent. */
export const uncountInvited = (deps: LimitDependencies, tx: Transaction, email: string): Promise<unknown> =>
  refundLimits(tx, invitedLimits(deps, email));

/** Ends all sessions of a person who was deactivated. */
export const endAllSessions = (tx: Transaction, professionalId: string): Promise<unknown> =>
  endSessionsOfPerson(tx, professionalId, 'deactivated');

/** Ends all sessions of a clinic that the host suspends. */
export const endClinicSessions = (tx: Transaction, clinicId: string): Promise<unknown> =>
  endSessionsOfClinic(tx, clinicId, 'clinic_suspended');

/** Ends all sessions of a superuser whose entry is over. */
export const endEntrySessions = (tx: Transaction, professionalId: string): Promise<unknown> =>
  endSessionsOfPerson(tx, professionalId, 'entry_over');

/** Charges a request to a page that needs no session, in a system transaction. Throws too_many_requests. */
export async function chargePublicPage(deps: LimitDependencies, tx: Transaction, use: PublicPageUse): Promise<void> {
  const wait = await chargeLimits(tx, publicPageLimits(deps, use));
  if (wait > 0) throw tooManyRequests(wait);
}
