import { publicApi } from '../../lib/api.ts';
import { rememberSession } from '../../lib/session.ts';
import { describeThisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

/** The data in the link of a sign-in mail, after its `#`. */
export interface MailLink {
  readonly email: string;
  readonly secret: string;
}

/** Reads the data of a mail's link from the hash of an address; undefined if it has none. */
export function readMailLink(hash: string): MailLink | undefined {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const [email, secret] = [values.get('email') ?? '', values.get('chave') ?? ''];
  const isWhole = email !== '' && email.length <= 254 && /^[\w-]{43}$/.test(secret);
  return isWhole ? { email, secret } : undefined;
}

/** Signs this device in by the link, which works once. */
export async function signInByLink(link: MailLink): Promise<ResponseOf<'POST /auth/link-sessions'>> {
  const { body } = await publicApi('POST /auth/link-sessions', {
    body: { ...link, device: describeThisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}
