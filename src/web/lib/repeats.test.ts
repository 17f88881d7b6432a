import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiError } from '../../shared/api-client.ts';
import { withIdempotencyKeys } from './repeats.ts';

const problem = (status: number) =>
  new ApiError({ type: 'about:blank', title: '', status, code: 'unavailable', detail: '' }, new Headers());

/** A client whose requests end as told, one after the other; `keys` are those that were sent. */
function clientThat(...ends: readonly (Error | undefined)[]) {
  const keys: (string | undefined)[] = [];
  const call = ((_route: string, parts?: { headers?: Record<string, string> }) => {
    const end = ends[keys.length];
    keys.push(parts?.headers?.['idempotency-key']);
    return end === undefined ? Promise.resolve({ status: 201 }) : Promise.reject(end);
  }) as unknown as ApiClient;
  return { api: withIdempotencyKeys(call), keys };
}

const tag = { body: { name: 'diabetes' } };

describe('a creation that is sent again', () => {
  it.each([
    ['was lost on the way', new TypeError('network')],
    ['broke in the server', problem(503)],
  ])('has the same key when the first one %s', async (_, end) => {
    const { api, keys } = clientThat(end);
    await expect(api('POST /tags', tag)).rejects.toBe(end);
    await api('POST /tags', tag);
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
  });

  it.each([
    ['was answered', undefined],
    ['was refused', problem(422)],
  ])('has another key when the first one %s', async (_, end) => {
    const { api, keys } = clientThat(end);
    await api('POST /tags', tag).catch(() => undefined);
    await api('POST /tags', tag);
    expect(keys[1]).not.toBe(keys[0]);
  });

  it('has the same key while the first one is on its way', async () => {
    const { api, keys } = clientThat();
    await Promise.all([api('POST /tags', tag), api('POST /tags', tag)]);
    expect(keys[1]).toBe(keys[0]);
  });
});

it('other content, another route and a key of one’s own are left apart', async () => {
  const { api, keys } = clientThat(new TypeError('network'));
  await api('POST /tags', tag).catch(() => undefined);
  await api('POST /tags', { body: { name: 'pilates' } });
  await api('POST /tags', { ...tag, headers: { 'idempotency-key': 'own' } });
  await api('GET /tags');
  expect(new Set(keys).size).toBe(4);
  expect(keys.slice(2)).toEqual(['own', undefined]);
});
