import { publicApi } from '../../lib/api.ts';
import { rememberSession } from '../../lib/session.ts';
import { deviceId, thisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

type SignedIn = ResponseOf<'POST /auth/sessions'>;

/** A code that is on its way. */
export interface SentCode {
  readonly email: string;
  /** Its number in the mail; undefined for a code that was requested earlier. */
  readonly name?: {
    readonly number: number;
    /** RFC 3339, by the server's clock. */
    readonly requestedAt: string;
  };
}

export async function requestCode(email: string): Promise<SentCode> {
  const { headers } = await publicApi('POST /auth/codes', { body: { email, device: { id: deviceId() } } });
  const requestedAt = new Date(headers.get('date') ?? Date.now()).toISOString();
  return { email, name: { number: Number(headers.get('code-number')), requestedAt } };
}

/** Signs this device in: the tokens arrive as HttpOnly cookies. Waiting requests continue. */
export async function signIn(email: string, code: string): Promise<SignedIn> {
  const { body } = await publicApi('POST /auth/sessions', {
    body: { email, code, device: thisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}
