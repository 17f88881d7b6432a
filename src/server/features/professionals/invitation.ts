import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Database } from '../../db/transaction.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import { composeInvitation } from '../../mail/invitation.ts';
import type { Mailer } from '../../mail/mailer.ts';

/** The job: tells a person that they have access now. Fails, to be tried again, when the mail does not go out. */
export async function sendInvitation(
  { db, mailer }: { readonly db: Database; readonly mailer: Mailer },
  job: JobPayloads['send_invitation'],
): Promise<void> {
  const [row] = await db.system((tx) =>
    tx.run(
      qb
        .selectFrom('professionals as p')
        .innerJoin('clinics as c', 'c.id', 'p.clinic_id')
        .innerJoin('professionals as i', (join) =>
          join.on('i.id', '=', job.invitedBy).onRef('i.clinic_id', '=', 'p.clinic_id'),
        )
        .select([
          'p.email',
          'p.first_name',
          'c.name as clinic',
          sql<string>`concat_ws(' ', i.first_name, i.last_name)`.as('inviter'),
        ])
        .where('p.id', '=', job.professionalId)
        .where('p.deactivated_at', 'is', null),
    ),
  );
  if (row === undefined) return;
  const { email, first_name, clinic, inviter } = row;
  await mailer.send(
    composeInvitation({ to: email, firstName: first_name, clinic, inviter, origin: job.origin, locale: job.locale }),
  );
}
