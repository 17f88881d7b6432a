import type { Logger } from 'pino';
import type { Role } from '../../../shared/contracts/auth.ts';
import { may } from '../../../shared/permissions.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { countInvited, type LimitDependencies, uncountInvited } from '../auth/api.ts';
import type { InvitationPayload } from './invitation-job.ts';
import { composeInvitation } from './invitation-mail.ts';
import { findInvitation } from './queries.ts';

interface InvitationDependencies extends LimitDependencies {
  readonly db: Database;
  readonly mailer: Mailer;
  readonly config: Pick<Config, 'publicUrl'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Runs the job: mails a person that they have access now. Throws when the mail cannot be sent; the queue then tries again. An
 * address that has received too many invitations gets none. The inviter is not told, because that would reveal what other
 * clinics did, and signing in works without an invitation.
 */
export async function sendInvitation(
  deps: InvitationDependencies,
  { professionalId, invitedBy, locale }: InvitationPayload,
): Promise<void> {
  const { db, mailer, config, log } = deps;
  const invitation = await db.system((tx) => findInvitation(tx, professionalId, invitedBy));
  if (invitation === undefined || !may(invitation.inviter_role as Role, 'professionals.manage')) return;
  const { email: to, first_name: firstName, clinic, inviter, is_held: isHeld } = invitation;
  if (!(await db.system((tx) => countInvited(deps, tx, to)))) {
    log.warn({ event: 'invitation_withheld', professionalId }, 'too many invitations to one address');
    return;
  }
  try {
    await mailer.send(
      composeInvitation({ to, firstName, clinic, inviter, isHeld, publicUrl: config.publicUrl, locale }),
    );
  } catch (error) {
    await db.system((tx) => uncountInvited(deps, tx, to));
    throw error;
  }
}
