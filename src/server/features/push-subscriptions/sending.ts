import type { Logger } from 'pino';
import type { Locale } from '../../../shared/errors.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import type { Keyring } from '../auth/api.ts';
import { isAllowedEndpoint, lookUpPublic } from './endpoints.ts';
import { postTo } from './post.ts';
import type { Answer, Push } from './push-job.ts';
import { findSubscription, forgetSubscription } from './queries.ts';
import { deriveServerKeys } from './server-keys.ts';

export interface SendingDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly config: Pick<Config, 'debug' | 'publicUrl' | 'mail'>;
  readonly log: Pick<Logger, 'warn'>;
}

/** What a device shows, also while it is locked: neither a name nor a time. */
const texts: Readonly<Record<Locale, Readonly<Record<Answer, string>>>> = {
  'pt-BR': {
    confirm: 'Um cliente confirmou um atendimento.',
    cancel: 'Um cliente pediu para cancelar um atendimento.',
    reschedule: 'Um cliente pediu outro horário.',
  },
  en: {
    confirm: 'A client confirmed an appointment.',
    cancel: 'A client asked to cancel an appointment.',
    reschedule: 'A client asked for another time.',
  },
};

/**
 * Runs the job: hands a message to the push service of a device. What the service knows no more is removed; what it does not take
 * now is tried again until the message is no news any more.
 */
export async function sendPush(
  deps: SendingDependencies,
  { clinicId, subscriptionId, answer, until }: Push,
): Promise<void> {
  const { db, keyring, config, log } = deps;
  const seconds = Math.floor((Date.parse(until) - Date.now()) / 1000);
  if (seconds <= 0) return;
  const found = await db.system((tx) => findSubscription(tx, clinicId, subscriptionId));
  if (found === undefined) return;
  const forget = () => db.system((tx) => forgetSubscription(tx, clinicId, subscriptionId));
  const serverKey = deriveServerKeys(keyring).find(({ publicKey }) => publicKey === found.server_key);
  // Without a key SECRET_KEY was replaced: the browser subscribes anew when its person opens the settings.
  if (serverKey === undefined || !isAllowedEndpoint(found.endpoint, config.debug)) {
    await forget();
    return;
  }
  const text = texts[found.language === 'en' ? 'en' : 'pt-BR'][answer];
  const { endpoint, headers, body } = await encrypt(found, JSON.stringify({ text }), {
    vapidDetails: { subject: subjectOf(config), ...serverKey },
    TTL: seconds,
  });
  const status = await postTo(endpoint, { headers, body, ...(!config.debug && { lookup: lookUpPublic }) });
  if (status === 404 || status === 410) await forget();
  else if (status === 429 || status >= 500) throw new Error(`the push service answered ${String(status)}`);
  else if (status >= 300)
    log.warn({ event: 'push_refused', status }, 'a push service refused a message, which is not sent again');
}

type Found = NonNullable<Awaited<ReturnType<typeof findSubscription>>>;

/** The request of RFC 8030, its content encrypted for the device (RFC 8291). The library is loaded by the first message. */
async function encrypt(
  { endpoint, p256dh, auth }: Found,
  payload: string,
  options: { readonly vapidDetails: { subject: string; publicKey: string; privateKey: string }; readonly TTL: number },
) {
  const { default: webPush } = await import('web-push');
  return webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    ...options,
    urgency: 'normal',
    contentEncoding: 'aes128gcm',
  });
}

/** Whom a push service can turn to (RFC 8292, 2.1). */
const subjectOf = ({ publicUrl, mail }: SendingDependencies['config']): string =>
  publicUrl?.startsWith('https://') === true ? publicUrl : `mailto:${mail.from.replace(/^.*<|>.*$/g, '')}`;
