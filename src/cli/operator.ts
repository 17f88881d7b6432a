import type { Caller } from '../server/http/actor.ts';
import { CommandFailure } from './failure.ts';

/** How the audit trail identifies an operator's commands. */
export const operatorOf = (command: string): Caller => ({
  requestId: `acolhe ${command}`,
  address: '127.0.0.1',
});

/** An address that the sign-in form accepts. Throws CommandFailure. */
export async function readEmail(text: string): Promise<string> {
  const { contracts } = await import('../shared/contracts/index.ts');
  const result = contracts['POST /auth/codes'].body.shape.email.safeParse(text);
  if (!result.success) throw new CommandFailure(`${JSON.stringify(text)} is not an e-mail address.`);
  return result.data;
}

/** `maria.souza@…` → `Maria`: a provisional first name, which the person can change. */
export function firstNameFrom(email: string): string {
  const word = /^[\p{L}]+/u.exec(email)?.[0] ?? email.slice(0, email.indexOf('@'));
  return word.charAt(0).toUpperCase() + word.slice(1);
}
