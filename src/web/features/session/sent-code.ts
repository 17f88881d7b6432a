import type { SentCode } from './sign-in-calls.ts';

/** In sessionStorage, because a phone may unload the page while the person reads the mail. */
const key = 'acolhe.sent-code';
/** Milliseconds after which a requested code is forgotten. */
const usefulFor = 10 * 60_000;

export function storeSentCode(sent: SentCode): void {
  sessionStorage.setItem(key, JSON.stringify(sent));
}

export function deleteSentCode(): void {
  sessionStorage.removeItem(key);
}

/** The code requested in this tab, unless it is too old. */
export function readSentCode(): SentCode | undefined {
  try {
    const sent = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<SentCode>;
    return Date.now() - Date.parse(sent.name?.requestedAt ?? '') < usefulFor ? (sent as SentCode) : undefined;
  } catch {
    return undefined;
  }
}
