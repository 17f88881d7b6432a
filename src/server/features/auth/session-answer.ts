import type { FastifyReply } from 'fastify';
import type { Role } from '../../../shared/contracts/auth.ts';
import { setTokenCookies } from './cookies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { presentEndedSession, presentMe, presentSession } from './presenter.ts';
import { createTokens, type Tokens } from './refresh.ts';
import type { OpenedSession } from './sessions.ts';

/** Tokens are in the body only for bearer clients; browsers get them in cookies. */
export const presentTokens = (tokens: Tokens, transport: 'cookie' | 'bearer') =>
  transport === 'bearer' ? tokens : { expiresIn: tokens.expiresIn };

/** The answer to a sign-in of any kind. Sets the cookies for `cookie` transport. */
export async function answerSignIn(
  deps: AuthDependencies,
  reply: FastifyReply,
  { professional, session, activeSessions, endedSessions }: OpenedSession,
  transport: 'cookie' | 'bearer',
) {
  const tokens = await createTokens(deps, {
    id: session.id,
    clinicId: professional.clinic_id,
    professionalId: professional.id,
    role: professional.role as Role,
    generation: 1,
  });
  if (transport === 'cookie') setTokenCookies(deps.config, reply, tokens);
  return {
    professional: presentMe(professional),
    session: presentSession(session, session.id),
    activeSessions,
    maxSessions: deps.config.maxActiveDeviceSessions,
    endedSessions: endedSessions.map(presentEndedSession),
    ...presentTokens(tokens, transport),
  };
}
