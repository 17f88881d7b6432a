import { createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

type Purpose =
  | 'access-token'
  | 'refresh-token'
  | 'access-code'
  | 'sign-in-link'
  | 'device'
  | 'email'
  | 'code-request'
  | 'request-token'
  | 'limit'
  | 'confirmation-link'
  | 'calendar-feed'
  | 'client-copy'
  | 'repeatable-secret'
  | 'web-push';

/** Keys derived from SECRET_KEY, one per purpose (HKDF, RFC 5869). The newest one signs; fallbacks only verify. */
export class Keyring {
  readonly #secrets: readonly string[];
  readonly #derived = new Map<string, Buffer>();

  constructor(secretKey: string, fallbacks: readonly string[] = []) {
    this.#secrets = [secretKey, ...fallbacks];
  }

  /** The 256-bit keys of a purpose, newest first. */
  keysFor(purpose: Purpose): Buffer[] {
    return this.#secrets.map((secret, index) => {
      const name = `${purpose}/${String(index)}`;
      let key = this.#derived.get(name);
      if (key === undefined) {
        key = Buffer.from(hkdfSync('sha256', secret, '', `acolhe ${purpose}`, 32));
        this.#derived.set(name, key);
      }
      return key;
    });
  }

  /** Keyed hashes of a text (HMAC-SHA-256, base64url), newest key first. */
  hashes(purpose: Purpose, text: string): string[] {
    return this.keysFor(purpose).map((key) => createHmac('sha256', key).update(text).digest('base64url'));
  }

  hash(purpose: Purpose, text: string): string {
    return this.hashes(purpose, text)[0] ?? '';
  }

  /** Whether a keyed hash belongs to this text, with any of the keys. Compares in constant time. */
  verify(purpose: Purpose, text: string, hash: string): boolean {
    return this.hashes(purpose, text).some((candidate) => isSameText(candidate, hash));
  }
}

function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Six decimal digits from the system's CSPRNG. */
export const createCode = (): string => randomInt(0, 1_000_000).toString().padStart(6, '0');

/** The secret in a mail's sign-in link: 256 bits from the system's CSPRNG, base64url. */
export const createLinkSecret = (): string => randomBytes(32).toString('base64url');

/** An e-mail address as limits count it: lower case, without `+tag`, without dots where the provider ignores them. */
export function canonicalizeEmail(email: string): string {
  const [local = '', domain = ''] = email.trim().normalize('NFKC').toLowerCase().split('@');
  const plain = local.replace(/\+.*$/, '');
  const host = domain.replace(/\.$/, '').replace(/^googlemail\.com$/, 'gmail.com');
  return `${host === 'gmail.com' ? plain.replaceAll('.', '') : plain}@${host}`;
}
