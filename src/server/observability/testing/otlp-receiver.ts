import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  readonly kind: number;
  /** 2 is an error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly resource: Readonly<Record<string, string | number>>;
}

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }[];
  close(): Promise<void>;
}

/** Receives traces (OTLP over HTTP in protobuf, opentelemetry-proto 1.x) and answers 400 to anything else. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const requests: OtlpReceiver['requests'] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { method, url = '', headers } = request;
      requests.push({ path: url, headers, body });
      try {
        if (method !== 'POST' || url !== '/v1/traces' || headers['content-type'] !== 'application/x-protobuf')
          throw new Error('not OTLP');
        spans.push(...readSpans(body));
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      } catch {
        response.writeHead(400).end();
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    spans,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function readSpans(request: Buffer): ReceivedSpan[] {
  return messages(request, 1).flatMap((resourceSpans) => {
    const resource = messages(resourceSpans, 1).map((message) => readAttributes(message, 1))[0] ?? {};
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => ({
        traceId: messages(span, 1)[0]?.toString('hex') ?? '',
        spanId: messages(span, 2)[0]?.toString('hex') ?? '',
        parentId: messages(span, 4)[0]?.toString('hex') ?? '',
        name: messages(span, 5)[0]?.toString() ?? '',
        kind: numbers(span, 6)[0] ?? 0,
        status: messages(span, 15).flatMap((status) => numbers(status, 3))[0] ?? 0,
        attributes: readAttributes(span, 9),
        resource,
      }));
  });
}

const readAttributes = (message: Buffer, field: number): Record<string, string | number> =>
  Object.fromEntries(
    messages(message, field).map((pair) => {
      const value = messages(pair, 2)[0] ?? Buffer.alloc(0);
      return [messages(pair, 1)[0]?.toString() ?? '', messages(value, 1)[0]?.toString() ?? numbers(value, 3)[0] ?? 0];
    }),
  );

const messages = (message: Buffer, field: number): Buffer[] =>
  readFields(message).flatMap(({ number, value }) => (number === field && Buffer.isBuffer(value) ? [value] : []));

const numbers = (message: Buffer, field: number): number[] =>
  readFields(message).flatMap(({ number, value }) => (number === field && typeof value === 'number' ? [value] : []));

/** Reads the fields of one protobuf message. Throws when it is not one. */
function readFields(message: Buffer): { readonly number: number; readonly value: Buffer | number }[] {
  const fields: { number: number; value: Buffer | number }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new Error('cut short');
    return message.subarray(at, (at += length));
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag & 7;
    const value =
      wire === 0
        ? varint()
        : wire === 1
          ? Number(take(8).readBigUInt64LE())
          : wire === 5
            ? take(4).readUInt32LE()
            : take(varint());
    fields.push({ number: tag >> 3, value });
  }
  return fields;
}
