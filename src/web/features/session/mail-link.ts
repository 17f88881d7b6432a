import { publicApi } from '../../lib/api.ts';
import { rememberSession } from '../../lib/session.ts';
import { thisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

/** What the link of a sign-in mail holds behind its `#`. */
export interface MailLink {
  readonly email: string;
  readonly secret: string;
}

/** The mail's link in a page's address, if it has one. */
export function readMailLink(hash: string): MailLink | undefined {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const [email, secret] = [values.get('email') ?? '', values.get('chave') ?? ''];
  const isWhole = email !== '' && email.length <= 254 && /^[\w-]{43}$/.test(secret);
  return isWhole ? { email, secret } : undefined;
}

/** Signs this device in by the link; good once. */
export async function signInByLink(link: MailLink): Promise<ResponseOf<'POST /auth/link-sessions'>> {
  const { body } = await publicApi('POST /auth/link-sessions', {
    body: { ...link, device: thisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}
