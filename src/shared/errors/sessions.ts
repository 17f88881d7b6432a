import { text } from './text.ts';

/** Requests that need a session and have none. */
export const sessionErrors = {
  unauthenticated: text(401, 'Entre para continuar.', 'Sign in to continue.'),
  invalid_token: text(
    401,
    'Sua credencial de acesso não é válida. Entre de novo.',
    'Your access credential is not valid. Sign in again.',
  ),
  token_expired: text(
    401,
    'Seu acesso expirou. Renove a sessão ou entre de novo.',
    'Your access has expired. Refresh the session or sign in again.',
  ),
  session_ended: text(401, 'Esta sessão foi encerrada. Entre de novo.', 'This session has ended. Sign in again.'),
} as const;
