import { publicApi } from '../../lib/api.ts';
import { rememberSession } from '../../lib/session.ts';
import { deviceId, thisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

type SignedIn = ResponseOf<'POST /auth/sessions'>;

/** A code that is on its way. */
export interface SentCode {
  readonly email: string;
  /** RFC 3339, by the server's clock; undefined for one that was asked for earlier. */
  readonly requestedAt?: string;
}

export async function requestCode(email: string): Promise<SentCode> {
  const { body } = await publicApi('POST /auth/codes', { body: { email, device: { id: deviceId() } } });
  return { email, requestedAt: body.requestedAt };
}

/** Signs this device in: the tokens arrive as HttpOnly cookies. Waiting requests go through. */
export async function signIn(email: string, code: string): Promise<SignedIn> {
  const { body } = await publicApi('POST /auth/sessions', {
    body: { email, code, device: thisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}
