import { supportsPasskeys } from './passkey-calls.ts';

/** In this tab: somebody has just signed in by code. Forgotten on leaving. */
const openKey = 'acolhe.passkey-open';
/** On this device: somebody has answered the offer. Never removed. */
const answeredKey = 'acolhe.passkey-offer';

export function offerPasskey(): void {
  if (supportsPasskeys() && localStorage.getItem(answeredKey) === null) sessionStorage.setItem(openKey, 'yes');
}

export const isPasskeyOffered = (): boolean => sessionStorage.getItem(openKey) !== null;

export function answerPasskeyOffer(): void {
  sessionStorage.removeItem(openKey);
  localStorage.setItem(answeredKey, 'yes');
}
