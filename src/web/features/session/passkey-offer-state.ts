import { supportsPasskeys } from './passkey-calls.ts';

/** In sessionStorage: somebody has signed in by code in this tab. Removed on signing out. */
const openKey = 'acolhe.passkey-open';
/** In localStorage: somebody has answered the offer on this device. Never removed. */
const answeredKey = 'acolhe.passkey-offer';

/** Offers a passkey on the next page, unless the offer was already answered on this device. */
export function offerPasskey(): void {
  if (supportsPasskeys() && localStorage.getItem(answeredKey) === null) sessionStorage.setItem(openKey, 'yes');
}

export const isPasskeyOffered = (): boolean => sessionStorage.getItem(openKey) !== null;

export function answerPasskeyOffer(): void {
  sessionStorage.removeItem(openKey);
  localStorage.setItem(answeredKey, 'yes');
}
