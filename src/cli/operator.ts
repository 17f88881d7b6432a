import type { Caller } from '../server/http/actor.ts';
import { CommandFailure } from './failure.ts';

/** Who acts, for the audit trail: an operator's command has no session and no professional. */
export const toOperatorCaller = (command: string): Caller => ({
  requestId: `acolhe ${command}`,
  address: '127.0.0.1',
});

/** Validates and normalises an e-mail address as the sign-in form does. Throws CommandFailure. */
export async function readEmail(text: string): Promise<string> {
  const { contracts } = await import('../shared/contracts/index.ts');
  const result = contracts['POST /auth/codes'].body.shape.email.safeParse(text);
  if (!result.success) throw new CommandFailure(`${JSON.stringify(text)} is not an e-mail address.`);
  return result.data;
}

/** `maria.souza@…` → `Maria`: a provisional first name, which the person can change. */
export function guessFirstName(email: string): string {
  const word = /^[\p{L}]+/u.exec(email)?.[0] ?? email.slice(0, email.indexOf('@'));
  return word.charAt(0).toUpperCase() + word.slice(1);
}
