import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a browser would get it, and what the push service saw of its sender. */
export interface Received {
  readonly path: string;
  readonly text: string;
  readonly ttl: number;
  readonly sender: Readonly<Record<string, unknown>>;
}

/** A push service on this machine (RFC 8030) with browsers that decrypt what they get. */
export interface PushService {
  readonly received: readonly Received[];
  /** How often somebody posted to a path. */
  attempts(path: string): number;
  /** What it answers to a path from now on, in order; 201 afterwards. */
  answer(path: string, ...statuses: number[]): void;
  /** A browser that subscribes with the server's public key. @returns what `PushSubscription.toJSON()` gives, and its path */
  subscribe(serverKey: string): { readonly path: string; readonly body: SubscriptionBody };
  close(): Promise<void>;
}

interface SubscriptionBody {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  serverKey: string;
}

export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, (message: Buffer) => string>();
  const answers = new Map<string, number[]>();
  const seen: string[] = [];
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push(path);
      const status = answers.get(path)?.shift() ?? 201;
      if (status === 201)
        received.push({
          path,
          text: browsers.get(path)?.(Buffer.concat(parts)) ?? '',
          ttl: Number(request.headers['ttl']),
          sender: readSender(request.headers.authorization ?? ''),
        });
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    received,
    attempts: (path) => seen.filter((each) => each === path).length,
    answer: (path, ...statuses) => answers.set(path, statuses),
    subscribe: (serverKey) => {
      const path = `/${randomUUID()}`;
      const { keys, decrypt } = createBrowser();
      browsers.set(path, decrypt);
      return { path, body: { endpoint: `${address}${path}`, keys, serverKey } };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The keys of a subscription, and what takes its messages apart: one record of aes128gcm (RFC 8188) as RFC 8291 uses it. */
function createBrowser() {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const auth = randomBytes(16);
  const decrypt = (message: Buffer): string => {
    const salt = message.subarray(0, 16);
    const keyLength = message.readUInt8(20);
    const sender = message.subarray(21, 21 + keyLength);
    const content = message.subarray(21 + keyLength);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
    const material = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(content.subarray(-16));
    const padded = Buffer.concat([decipher.update(content.subarray(0, -16)), decipher.final()]);
    return padded.subarray(0, padded.lastIndexOf(2)).toString();
  };
  return { keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') }, decrypt };
}

/** The claims of the sender (RFC 8292); throws unless they are signed with the key that is named. */
function readSender(authorization: string): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', mark = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const publicKey = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' },
    format: 'jwk',
  });
  const signature = Buffer.from(mark, 'base64url');
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature))
    throw new Error('the sender is not who it says');
  return { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>), key };
}
