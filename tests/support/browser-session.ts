import type { TestServer } from './server.ts';
import type { RawAnswer, Send } from '../../src/server/features/auth/testing/requests.ts';

/** Signs in as a browser does, with tokens in cookies. */
export async function signInWithCookies(server: TestServer, send: Send, email: string): Promise<RawAnswer> {
  const code = await server.fetchCode(email);
  return send('POST', '/api/v1/auth/sessions', {
    body: { email, code, device: { id: 'navegador' }, transport: 'cookie' },
  });
}

/** The cookies that an answer set, as a Cookie header. */
export const toCookieHeader = (answer: RawAnswer): string =>
  answer.cookies.map((cookie) => cookie.split(';')[0]).join('; ');
