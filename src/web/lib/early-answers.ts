declare global {
  /** Answers by address, without the origin, that public/appearance.js has asked for before the app's code was there. */
  var acolheEarly: Record<string, Promise<Response> | undefined> | undefined;
}

/** Milliseconds from the page's start after which answers that nobody has asked for are too old. */
const lifetime = 30_000;

/**
 * The answer to a request of the page's start that is already on its way; each is given once. Whatever changes something, such
 * as a sign-in, makes all of them outdated.
 */
export function takeEarlyAnswer(input: RequestInfo | URL, method = 'GET'): Promise<Response> | undefined {
  const early = globalThis.acolheEarly;
  if (early === undefined || typeof input !== 'string') return undefined;
  if (method !== 'GET' || performance.now() > lifetime) {
    globalThis.acolheEarly = undefined;
    return undefined;
  }
  const answer = early[input];
  early[input] = undefined;
  return answer;
}
