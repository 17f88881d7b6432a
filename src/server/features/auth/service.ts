import type { Transaction } from '../../db/transaction.ts';
import type { LimitDependencies } from './dependencies.ts';
import { chargeClinicLimits, chargeLimits, refundLimits } from './limit-queries.ts';
import { invitationLimits, invitedLimits, type Inviter, tooManyInvitations } from './limits.ts';
import { endSessionsOfPerson } from './session-queries.ts';

/** Counts an invitation within the transaction that makes it. Throws too_many_requests. */
export async function chargeInvitation(deps: LimitDependencies, tx: Transaction, inviter: Inviter): Promise<void> {
  const wait = await chargeClinicLimits(tx, invitationLimits(deps, inviter));
  if (wait > 0) throw tooManyInvitations(wait);
}

/** Counts an invitation mailed to an address; false when it has got enough for a day. */
export const countInvited = async (deps: LimitDependencies, tx: Transaction, email: string): Promise<boolean> =>
  (await chargeLimits(tx, invitedLimits(deps, email))) === 0;

/** The mail did not go out. */
export const uncountInvited = (deps: LimitDependencies, tx: Transaction, email: string): Promise<unknown> =>
  refundLimits(tx, invitedLimits(deps, email));

/** Signs a person out everywhere, who has no access any more. */
export const endAllSessions = (tx: Transaction, professionalId: string): Promise<unknown> =>
  endSessionsOfPerson(tx, professionalId, 'deactivated');
