import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');

/** What an answer gets wrong, compared with an honest authenticator on an honest page. */
export interface Dishonesty {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly userVerified?: boolean;
  readonly type?: string;
  readonly userHandle?: string;
}

/** An elliptic curve key, ES256, on P-256, in CBOR (RFC 9053). */
function encodeKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
      [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
    ]),
  );
}

function encodeClientData(type: string, challenge: string, page: string, lie: Dishonesty): Buffer {
  const origin = lie.origin ?? page;
  return Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin }));
}

/** A passkey in software, for one page, as in WebAuthn level 3 (ES256, no attestation). */
export function createAuthenticator(page: string) {
  const id = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;

  const authenticatorData = (lie: Dishonesty, attested = Buffer.alloc(0)) => {
    const flags = 0x01 | (lie.userVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(lie.counter ?? ++counter, 1);
    return Buffer.concat([sha256(lie.rpId ?? new URL(page).hostname), head, attested]);
  };

  const credential = <Response>(response: Response) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key' as const,
    clientExtensionResults: {},
    response,
  });

  return {
    /** The answer of `navigator.credentials.create`. */
    create: ({ challenge }: { readonly challenge: string }, lie: Dishonesty = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = authenticatorData(lie, Buffer.concat([Buffer.alloc(16), length, id, encodeKey(publicKey)]));
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', Uint8Array.from(authData)],
        ]) as Parameters<typeof isoCBOR.encode>[0],
      );
      return credential({
        clientDataJSON: base64url(encodeClientData('webauthn.create', challenge, page, lie)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      });
    },
    /** The answer of `navigator.credentials.get`. */
    get: ({ challenge }: { readonly challenge: string }, lie: Dishonesty = {}) => {
      const client = encodeClientData('webauthn.get', challenge, page, lie);
      const data = authenticatorData(lie);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
        ...(lie.userHandle === undefined ? {} : { userHandle: lie.userHandle }),
      });
    },
  };
}
