import { publicApi } from '../../lib/api.ts';
import { rememberSession } from '../../lib/session.ts';
import { getDeviceId, describeThisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

type SignedIn = ResponseOf<'POST /auth/sessions'>;

/** A code that was requested. */
export interface SentCode {
  readonly email: string;
  /** What the mail calls the code; undefined for one that was requested before this page was opened. */
  readonly name?: {
    readonly number: number;
    /** RFC 3339, by the server's clock. */
    readonly requestedAt: string;
  };
}

export async function requestCode(email: string): Promise<SentCode> {
  const { headers } = await publicApi('POST /auth/codes', { body: { email, device: { id: getDeviceId() } } });
  const requestedAt = new Date(headers.get('date') ?? Date.now()).toISOString();
  return { email, name: { number: Number(headers.get('code-number')), requestedAt } };
}

/** Signs this device in: the tokens arrive as HttpOnly cookies. Waiting requests continue. */
export async function signIn(email: string, code: string): Promise<SignedIn> {
  const { body } = await publicApi('POST /auth/sessions', {
    body: { email, code, device: describeThisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}
