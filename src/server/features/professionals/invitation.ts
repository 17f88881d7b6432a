import type { Database } from '../../db/transaction.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import { composeInvitation } from '../../mail/invitation.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { findInvitation } from './queries.ts';

/** The job: tells a person that they have access now. Fails, to be tried again, when the mail does not go out. */
export async function sendInvitation(
  { db, mailer }: { readonly db: Database; readonly mailer: Mailer },
  job: JobPayloads['send_invitation'],
): Promise<void> {
  const invitation = await db.system((tx) => findInvitation(tx, job.professionalId, job.invitedBy));
  if (invitation === undefined) return;
  const { email, first_name, clinic, inviter } = invitation;
  await mailer.send(
    composeInvitation({ to: email, firstName: first_name, clinic, inviter, origin: job.origin, locale: job.locale }),
  );
}
