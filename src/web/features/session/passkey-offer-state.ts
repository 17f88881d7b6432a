import { supportsPasskeys } from './passkey-calls.ts';

/** `open` after the first sign-in by code on this device, `answered` for ever after. */
const key = 'acolhe.passkey-offer';

export function offerPasskey(): void {
  if (supportsPasskeys() && localStorage.getItem(key) === null) localStorage.setItem(key, 'open');
}

export const isPasskeyOffered = (): boolean => localStorage.getItem(key) === 'open';

export function answerPasskeyOffer(): void {
  localStorage.setItem(key, 'answered');
}
