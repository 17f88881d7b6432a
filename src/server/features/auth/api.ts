// Signing in, sessions and rate limits, for the server and other features.

export { removePasskeys } from './after-restore.ts';
export type { LimitDependencies } from './dependencies.ts';
export { createIdentity } from './identity.ts';
export { presentMe } from './presenter.ts';
export { presentProfile, profileColumns, profileValues } from './profile.ts';
export { Keyring } from './secrets.ts';
export {
  chargeInvitation,
  chargePublicPage,
  countInvited,
  endAllSessions,
  endClinicSessions,
  endEntrySessions,
  uncountInvited,
} from './service.ts';
