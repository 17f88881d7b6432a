import type { Keys } from '../../clients/bulk-api.ts';

/** Distinguishes kinds of keys, because a document and a phone may be the same text. */
const prefixes: Readonly<Record<keyof Keys, string>> = { document: '0', phone: '1', email: '2', name: '3' };

/**
 * A Bloom filter: tells which keys are certainly new, so that a file of new clients needs only few look-ups in the database.
 * Takes 4 MiB, whatever the number of keys; with three million, one in a hundred new keys is looked up needlessly.
 */
export class KeyFilter {
  readonly #bits = new Uint32Array(1 << 20);

  /** Adds a key. @returns whether it may have been added before */
  add(kind: keyof Keys, key: string): boolean {
    const [a, b] = hash(prefixes[kind] + key);
    let seen = true;
    for (let probe = 0; probe < 4; probe++) {
      const bit = (a + Math.imul(probe, b)) >>> 7;
      const word = bit >>> 5;
      const mask = 1 << (bit & 31);
      if (((this.#bits[word] ?? 0) & mask) === 0) {
        seen = false;
        this.#bits[word] = (this.#bits[word] ?? 0) | mask;
      }
    }
    return seen;
  }
}

/** Two hashes from which all probes are derived (Kirsch and Mitzenmacher, “Less hashing, same performance”). */
function hash(text: string): readonly [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a ^ (a >>> 15), Math.imul(b ^ (b >>> 16), 0xc2b2ae35) | 1];
}
