import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { Keyring } from './secrets.ts';
import { signAccessToken } from './tokens.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const keyring = new Keyring('a-key-of-the-tests-7f3b9c1d5e2a8f40');
const claims = () =>
  ({ sessionId: randomUUID(), professionalId: randomUUID(), clinicId: randomUUID(), role: 'reception' }) as const;

it('says of a token it knows what it said the first time', async () => {
  const tokens = new VerifiedTokens(keyring);
  const token = await signAccessToken(keyring, claims(), 60);
  const first = await tokens.verify(token);
  expect(await tokens.verify(token)).toEqual(first);
  expect(tokens.size).toBe(1);
});

it('refuses a token it knows from the very second in which it ends', async () => {
  const tokens = new VerifiedTokens(keyring);
  const token = await signAccessToken(keyring, claims(), 60);
  const { accessUntil } = await tokens.verify(token);
  vi.useFakeTimers({ toFake: ['Date'], now: accessUntil.getTime() - 1 });
  try {
    await tokens.verify(token);
    vi.setSystemTime(accessUntil);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'token_expired' });
    expect(tokens.size).toBe(0);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'token_expired' });
  } finally {
    vi.useRealTimers();
  }
});

it('keeps nothing of a token with a wrong signature, next to the right one', async () => {
  const tokens = new VerifiedTokens(keyring);
  const mine = claims();
  const token = await signAccessToken(keyring, mine, 60);
  await tokens.verify(token);
  const forged = await signAccessToken(new Keyring('another-key-of-the-tests-1d5e2a8f40'), mine, 60);
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'invalid_token' });
  expect(tokens.size).toBe(1);
});

it('forgets the tokens that were not used for the longest time, never more than it has room for', async () => {
  const tokens = new VerifiedTokens(keyring, 2);
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => signAccessToken(keyring, claims(), 60)));
  for (const token of [a, b, a, c]) await tokens.verify(token ?? '');
  expect(tokens.size).toBe(2);
  // Forgotten ones are checked anew.
  for (const token of [b, a, c]) await tokens.verify(token ?? '');
  expect(tokens.size).toBe(2);
});
