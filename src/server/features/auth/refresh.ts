import type { Role } from '../../../shared/contracts/auth.ts';
import type { Config } from '../../config.ts';
import { SessionEnded } from '../../db/errors.ts';
import type { Transaction } from '../../db/transaction.ts';
import { wrongCredential } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { recordSystemEvent } from '../audit/api.ts';
import type { AuthDependencies, EntranceDependencies } from './dependencies.ts';
import { endSessions, lockSession, rotateSession, type TokenLives } from './session-queries.ts';
import { createRefreshToken, parseRefreshToken, signAccessToken } from './tokens.ts';

/** Seconds in which an old refresh token gets the same successor again, for two tabs or a lost answer. */
const replaySeconds = 10;

/** The lifetimes of a session's tokens. An access token may be issued again within `replaySeconds`, so it is added. */
export const chooseTokenLives = (config: Config): TokenLives => ({
  access: config.accessTokenSeconds + replaySeconds,
  refresh: config.refreshTokenSeconds,
});

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds until the access token expires. */
  readonly expiresIn: number;
}

interface SessionSubject {
  readonly id: string;
  readonly clinicId: string;
  readonly professionalId: string;
  readonly role: Role;
  readonly generation: number;
}

export async function createTokens(deps: AuthDependencies, session: SessionSubject): Promise<Tokens> {
  const { keyring, config } = deps;
  const claims = {
    sessionId: session.id,
    professionalId: session.professionalId,
    clinicId: session.clinicId,
    role: session.role,
  };
  return {
    accessToken: await signAccessToken(keyring, claims, config.accessTokenSeconds),
    refreshToken: createRefreshToken(keyring, { sessionId: session.id, generation: session.generation }),
    expiresIn: config.accessTokenSeconds,
  };
}

type Outcome =
  { readonly kind: 'rotated'; readonly session: SessionSubject } | { readonly kind: 'refused'; readonly error: Error };

/**
 * Rotates a refresh token. A token that was replaced more than ten seconds ago counts as stolen and ends the whole session
 * (RFC 9700 section 4.14.2). Throws invalid_token, token_expired or SessionEnded.
 */
export async function refresh(deps: EntranceDependencies, text: string, caller: Caller): Promise<Tokens> {
  const token = parseRefreshToken(deps.keyring, text);
  if (token === undefined) throw wrongCredential('invalid_token');
  const rotate = async (tx: Transaction): Promise<Outcome> => {
    const session = await lockSession(tx, token.sessionId);
    if (session === undefined) return { kind: 'refused', error: wrongCredential('invalid_token') };
    if (session.ended_at !== null || session.deactivated_at !== null) {
      const details = {
        reason: session.end_reason ?? 'deactivated',
        endedAt: (session.ended_at ?? session.deactivated_at)?.toISOString() ?? null,
        endedBy: session.ended_by_kind,
      };
      return { kind: 'refused', error: new SessionEnded(details) };
    }
    if (session.lacks_entry)
      return { kind: 'refused', error: new SessionEnded({ reason: 'entry_over', endedAt: null, endedBy: null }) };
    if (session.expired) return { kind: 'refused', error: wrongCredential('token_expired') };
    const subject = {
      id: session.id,
      clinicId: session.clinic_id,
      professionalId: session.professional_id,
      role: session.role as Role,
    };
    if (token.generation === session.refresh_generation) {
      const generation = token.generation + 1;
      await rotateSession(tx, session.id, generation, chooseTokenLives(deps.config));
      return { kind: 'rotated', session: { ...subject, generation } };
    }
    // Absolute value: a rotation in the future was written before the clock was set back.
    const isRecent = Math.abs(session.seconds_since_rotation) <= replaySeconds;
    if (token.generation === session.refresh_generation - 1 && isRecent)
      return { kind: 'rotated', session: { ...subject, generation: session.refresh_generation } };
    await Promise.all([
      endSessions(tx, [session.id], 'token_reuse'),
      recordSystemEvent(
        tx,
        { clinicId: session.clinic_id, actorId: session.professional_id, sessionId: session.id, caller },
        { action: 'refresh_reused', recordType: 'session', recordId: session.id },
      ),
    ]);
    return {
      kind: 'refused',
      error: new SessionEnded({ reason: 'token_reuse', endedAt: new Date().toISOString(), endedBy: null }),
    };
  };
  const outcome = await deps.share.run(() => deps.db.system(rotate));
  if (outcome.kind === 'refused') throw outcome.error;
  return createTokens(deps, outcome.session);
}
