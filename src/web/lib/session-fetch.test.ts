import { describe, expect, it, vi } from 'vitest';
import { createSessionFetch } from './session-fetch.ts';
import type { SessionKeeper } from './session-fetch.ts';

const refused = (code: string): Response =>
  new Response(JSON.stringify({ code, status: 401, detail: '' }), {
    status: 401,
    headers: { 'content-type': 'application/problem+json' },
  });
const granted = (): Response => new Response('{"fine":true}', { status: 200 });

/** A server that answers in turn, and a keeper whose answers a test may change. */
function world(answers: readonly (() => Response)[], keeper: Partial<SessionKeeper> = {}) {
  const left = [...answers];
  const send = vi.fn<typeof fetch>(() => Promise.resolve((left.shift() ?? granted)()));
  const kept = {
    isStale: vi.fn(() => false),
    renew: vi.fn<SessionKeeper['renew']>(() => Promise.resolve('renewed')),
    signInAgain: vi.fn<SessionKeeper['signInAgain']>(() => Promise.resolve(true)),
    ...keeper,
  };
  return { fetch: createSessionFetch(kept, send), send, ...kept };
}

describe('a fetch that keeps the session', () => {
  it('leaves a good answer alone', async () => {
    const { fetch, send, renew } = world([granted]);
    expect((await fetch('/x')).status).toBe(200);
    expect(send).toHaveBeenCalledTimes(1);
    expect(renew).not.toHaveBeenCalled();
  });

  it('renews silently and sends the same request again', async () => {
    const { fetch, send, renew, signInAgain } = world([() => refused('token_expired'), granted]);
    const request = { method: 'PATCH', body: '{"a":1}' };
    expect((await fetch('/x', request)).status).toBe(200);
    expect(send.mock.calls).toEqual([
      ['/x', request],
      ['/x', request],
    ]);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(signInAgain).not.toHaveBeenCalled();
  });

  it('renews before the access ends, without a wasted request', async () => {
    const { fetch, send, renew } = world([granted], { isStale: () => true });
    await fetch('/x');
    expect(renew).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('asks for a sign-in when renewing is over, then sends the waiting request', async () => {
    const { fetch, signInAgain } = world([() => refused('token_expired'), granted], {
      renew: () => Promise.resolve('over'),
    });
    expect((await fetch('/x')).status).toBe(200);
    expect(signInAgain).toHaveBeenCalledWith(expect.objectContaining({ code: 'token_expired' }));
  });

  it('tells why the session is over, as the renewal learned it', async () => {
    const problem = {
      type: '',
      title: '',
      status: 401,
      code: 'session_ended',
      detail: '',
      reason: 'device_limit',
    } as const;
    const { fetch, signInAgain } = world([() => refused('unauthenticated'), granted], {
      renew: () => Promise.resolve(problem),
    });
    expect((await fetch('/x')).status).toBe(200);
    expect(signInAgain).toHaveBeenCalledWith(problem);
  });

  it('asks before sending when it knows the session is over, and only once', async () => {
    const problem = { type: '', title: '', status: 401, code: 'token_expired', detail: '' } as const;
    const { fetch, send, signInAgain } = world([() => refused('unauthenticated')], {
      isStale: () => true,
      renew: () => Promise.resolve(problem),
      signInAgain: vi.fn(() => Promise.resolve(false)),
    });
    expect((await fetch('/x')).status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
    expect(signInAgain).toHaveBeenCalledTimes(1);
  });

  it('sends without a fuss when the early renewal could not reach the server', async () => {
    const { fetch, send } = world([granted], {
      isStale: () => true,
      renew: () => Promise.reject(new Error('offline')),
    });
    expect((await fetch('/x')).status).toBe(200);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('does not try to renew a session that was ended', async () => {
    const { fetch, renew, signInAgain } = world([() => refused('session_ended'), granted]);
    expect((await fetch('/x')).status).toBe(200);
    expect(renew).not.toHaveBeenCalled();
    expect(signInAgain).toHaveBeenCalledTimes(1);
  });

  it('gives the refusal back to who would rather leave', async () => {
    const { fetch, send } = world([() => refused('session_ended')], { signInAgain: () => Promise.resolve(false) });
    expect((await fetch('/x')).status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('leaves other refusals to the caller, body and all', async () => {
    const { fetch, signInAgain } = world([() => refused('invalid_code')]);
    const answer = await fetch('/x');
    expect(await answer.json()).toMatchObject({ code: 'invalid_code' });
    expect(signInAgain).not.toHaveBeenCalled();
  });

  it('passes a lost connection on while renewing', async () => {
    const lost = new Error('no connection');
    const { fetch } = world([() => refused('token_expired')], { renew: () => Promise.reject(lost) });
    await expect(fetch('/x')).rejects.toBe(lost);
  });
});
