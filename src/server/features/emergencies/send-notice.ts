import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { composeNotice } from './notice-mail.ts';
import { findNotice } from './queries.ts';

interface NoticeDependencies {
  readonly db: Database;
  readonly mailer: Mailer;
  readonly config: Pick<Config, 'publicUrl'>;
}

/** Runs the job: tells the owner. Throws when the mail cannot be sent; the queue then tries again. */
export async function sendNotice({ db, mailer, config }: NoticeDependencies, accessId: string): Promise<void> {
  const notice = await db.system((tx) => findNotice(tx, accessId));
  if (notice === undefined) return;
  const settings = notice.settings as { readonly language?: string } | null;
  await mailer.send(
    composeNotice({
      to: notice.email,
      firstName: notice.first_name,
      clinic: notice.clinic,
      professional: notice.professional,
      openedAt: notice.opened_at,
      expiresAt: notice.expires_at,
      timeZone: notice.time_zone,
      publicUrl: config.publicUrl,
      locale: settings?.language === 'en' ? 'en' : 'pt-BR',
    }),
  );
}
