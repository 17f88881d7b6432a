import { createECDH, createHmac } from 'node:crypto';
import type { Keyring } from '../auth/api.ts';

/** A key pair of this installation (P-256), as VAPID (RFC 8292) and browsers write it: base64url. */
export interface ServerKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * The key pairs, newest first. Derived from SECRET_KEY, so that all servers of a database have the same ones and none is stored:
 * a browser that subscribed with an earlier key is reached as long as that one is among the fallbacks.
 */
export const deriveServerKeys = (keyring: Keyring): ServerKey[] => keyring.keysFor('web-push').map(toKeyPair);

function toKeyPair(seed: Buffer): ServerKey {
  const pair = createECDH('prime256v1');
  for (let attempt = 0; ; attempt++) {
    const scalar = createHmac('sha256', seed).update(String(attempt)).digest();
    try {
      pair.setPrivateKey(scalar);
      return { publicKey: pair.getPublicKey('base64url'), privateKey: scalar.toString('base64url') };
    } catch (error) {
      // One number in four billion is not on the curve: the next one is.
      if (attempt === 8) throw error;
    }
  }
}
