import { randomBytes } from 'node:crypto';
import { conflict } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import type { Keyring } from '../auth/api.ts';

interface Repeatable {
  readonly actor: Actor;
  /** The request's Idempotency-Key, if any. */
  readonly key: string | undefined;
  /** The id of the record whose secret it is. */
  readonly recordId: string;
  /** At most 32. */
  readonly bytes: number;
}

const seedOf = ({ actor, key, recordId }: Repeatable): string => JSON.stringify([actor.professionalId, recordId, key]);

/** The length of so many bytes in base64url. */
const lengthOf = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/**
 * A secret in base64url that is stored as a hash only, but can be made again for a repeat of its request: from SECRET_KEY and the
 * Idempotency-Key, which is forgotten after a day. Without such a key it is random.
 */
export const makeSecret = (keyring: Keyring, { bytes, ...rest }: Repeatable): string =>
  rest.key === undefined
    ? randomBytes(bytes).toString('base64url')
    : keyring.hash('repeatable-secret', seedOf({ bytes, ...rest })).slice(0, lengthOf(bytes));

/** Makes the secret of an earlier request again; `isIt` compares it with the stored hash. Throws secret_already_shown. */
export function repeatSecret(keyring: Keyring, repeatable: Repeatable, isIt: (secret: string) => boolean): string {
  const secrets = keyring.hashes('repeatable-secret', seedOf(repeatable));
  const secret = secrets.map((hash) => hash.slice(0, lengthOf(repeatable.bytes))).find(isIt);
  // SECRET_KEY has changed meanwhile.
  if (secret === undefined) throw conflict('secret_already_shown');
  return secret;
}
