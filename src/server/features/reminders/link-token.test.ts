import { expect, it } from 'vitest';
import { Keyring } from '../auth/api.ts';
import { createLinkKey, readLinkToken, signLinkKey } from './link-token.ts';

const keyring = new Keyring('a secret of at least 32 characters, for tests');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

it('a token gives back its key, and is short enough for a message', () => {
  const key = createLinkKey();
  const token = signLinkKey(keyring, key);
  expect(token).toMatch(/^[\w-]{24}$/);
  expect(readLinkToken(keyring, token)).toBe(key);
});

it('a token with any one letter changed is nobody’s', () => {
  const token = signLinkKey(keyring, createLinkKey());
  for (let index = 0; index < token.length; index += 1)
    for (const letter of letters)
      if (letter !== token[index])
        expect(readLinkToken(keyring, token.slice(0, index) + letter + token.slice(index + 1))).toBeUndefined();
  for (const other of ['', token.slice(1), `${token}A`, `${token}=`, token.replace(/.$/, '\0'), `${token}\n`])
    expect(readLinkToken(keyring, other)).toBeUndefined();
});

it('a token outlives a change of the key for as long as the old key is a fallback', () => {
  const token = signLinkKey(keyring, createLinkKey());
  const renewed = new Keyring('another secret of at least 32 characters', [
    'a secret of at least 32 characters, for tests',
  ]);
  expect(readLinkToken(renewed, token)).toBe(token.slice(0, 12));
  expect(readLinkToken(new Keyring('another secret of at least 32 characters'), token)).toBeUndefined();
});
