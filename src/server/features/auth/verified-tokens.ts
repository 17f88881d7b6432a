import type { Keyring } from './secrets.ts';
import { type VerifiedClaims, verifyAccessToken } from './tokens.ts';
import { wrongCredential } from '../../domain-error.ts';

/**
 * Remembers access tokens whose signature was checked: a device sends the same one for minutes, and checking it again costs
 * more than presenting a page of clients. Whether the session still lives is checked in the database each time.
 */
export class VerifiedTokens {
  readonly #keyring: Keyring;
  readonly #capacity: number;
  /** The least recently used token comes first. */
  readonly #claims = new Map<string, VerifiedClaims>();

  /** @param capacity the number of tokens kept, about 500 bytes each */
  constructor(keyring: Keyring, capacity = 2000) {
    this.#keyring = keyring;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#claims.size;
  }

  /** What a token says. Throws invalid_token or token_expired. */
  async verify(token: string): Promise<VerifiedClaims> {
    const claims = this.#claims.get(token) ?? (await verifyAccessToken(this.#keyring, token));
    this.#claims.delete(token);
    if (claims.accessUntil.getTime() <= Date.now()) throw wrongCredential('token_expired');
    this.#claims.set(token, claims);
    const [oldest] = this.#claims.keys();
    if (this.#claims.size > this.#capacity && oldest !== undefined) this.#claims.delete(oldest);
    return claims;
  }
}
