import { type ApiClient, ApiError } from '../../shared/api-client.ts';
import { randomId } from './random-id.ts';

/** What a request is about, for telling whether another one repeats it. Forms with files have none. */
const contentOf = (route: string, { params, body }: { readonly params?: unknown; readonly body?: unknown }) =>
  body instanceof FormData ? undefined : JSON.stringify([route, params, body]);

/**
 * Gives every POST an idempotency key. A request whose answer was lost keeps its key for whoever sends the same again, so that
 * pressing “Salvar” twice over a bad connection creates once; after an answer the same content is another creation.
 */
export function withIdempotencyKeys(call: ApiClient): ApiClient {
  const unanswered = new Map<string, string>();
  return async (route, ...request) => {
    const parts: { readonly headers?: object; readonly params?: unknown; readonly body?: unknown } = request[0] ?? {};
    const content = route.startsWith('POST ') ? contentOf(route, parts) : undefined;
    if (content === undefined) return call(route, ...request);
    const key = unanswered.get(content) ?? randomId();
    unanswered.set(content, key);
    const keyed = { ...parts, headers: { 'idempotency-key': key, ...parts.headers } };
    try {
      const answer = await call(route, ...([keyed] as unknown as typeof request));
      unanswered.delete(content);
      return answer;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) unanswered.delete(content);
      throw error;
    }
  };
}
