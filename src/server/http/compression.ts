import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Bytes from which compressing saves a packet. */
const threshold = 2048;
/** Bytes up to which an answer is compressed at once: a list of clients takes less than handing it to another thread. */
const syncThreshold = 64 * 1024;

/** Answers can be sent with `sendJson`. The fastest level of gzip, which makes a fifth of a list of clients. */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  const zlibOptions = { level: 1 };
  await app.register(compress, { global: false, encodings: ['gzip'], threshold, syncThreshold, zlibOptions });
}

/**
 * Sends JSON, compressed where it is long and the caller takes gzip. Never one with an entity tag, which would have to be another
 * one (RFC 9110, 8.8.3.3), and only to people who are signed in: their token is a header, so no other page can make their browser
 * ask again and again with a chosen text, and learn from the length what stands beside it (the BREACH attack).
 */
export function sendJson(reply: FastifyReply, json: string | Buffer, isSignedIn: boolean): FastifyReply {
  reply.type('application/json; charset=utf-8');
  if (json.length < threshold || !isSignedIn || reply.hasHeader('etag')) return reply.send(json);
  reply.compress(json);
  return reply;
}
