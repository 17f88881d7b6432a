import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { endRestoredSessions } from './after-restore.ts';
import { sendSignInCode } from './codes.ts';
import { purges } from './purge-queries.ts';
import { registerAuthRoutes } from './routes.ts';
import { signInCodeJob } from './sign-in-code-job.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    signed_in: 'session';
    sign_in_failed: 'professional';
    sign_in_locked: 'professional';
    signed_out: 'session';
    session_ended: 'session';
    refresh_reused: 'session';
    passkey_added: 'passkey';
    passkey_removed: 'passkey';
  }
}

/** Signing in by code, link or passkey; device sessions; limits. */
export const auth: Feature = {
  name: 'auth',
  tables: ['access_codes', 'device_sessions', 'passkey_challenges', 'passkeys', 'rate_limits', 'sign_in_guards'],
  routes: registerAuthRoutes,
  jobs: (context) => [runJob(signInCodeJob, (job) => sendSignInCode(context, job))],
  purges,
  afterRestore: endRestoredSessions,
  staysBehind: ['access_codes', 'device_sessions', 'passkeys'],
};
