import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type ArrivalLimits, Arrivals, setBodyPace } from './arrivals.ts';

const limits: ArrivalLimits = {
  connections: 20,
  perAddress: 5,
  patience: 0,
  body: { seconds: 4, grace: 1, bytesPerSecond: 50 },
  upload: { seconds: 60, window: 1, bytesPerSecond: 1000 },
  afterAnswer: 1,
};

const sockets: Socket[] = [];
let server: Server;
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

/** Starts a server that answers each request once its body has arrived; the test sets each connection's address. */
async function start(given: Partial<ArrivalLimits>, onRequest: (request: IncomingMessage) => void = () => undefined) {
  let block = 'a';
  server = createServer((request, response) => {
    onRequest(request);
    request.resume();
    request.on('end', () => response.end('ok'));
  });
  new Arrivals(server, { ...limits, ...given }, () => block);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async (from: string, text = '') => {
    block = from;
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    socket.write(text);
    await sleep(20);
    return { socket, closed, answer: () => answer };
  };
  return { open };
}

const head = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(length)}\r\n\r\n`;

describe('requests that do not arrive', () => {
  it('are ended, the longest wait first, where an address has too many, and nobody else’s', async () => {
    const { open } = await start({});
    const other = await open('b', head(5));
    const slow = [];
    for (let n = 0; n < 8; n++) slow.push(await open('a', head(1000)));
    await Promise.all(slow.slice(0, 3).map(({ closed }) => closed));
    expect(slow.map(({ socket }) => socket.closed)).toEqual([true, true, true, ...Array<boolean>(5).fill(false)]);
    expect(slow[0]?.answer()).toMatch(/^HTTP\/1.1 429 [^]*retry-after: 5\r\n[^]*"code":"too_many_requests"/);
    other.socket.write('12345');
    await expect.poll(other.answer).toContain('200 OK');
  });

  it('make room for newcomers when the process has no more', async () => {
    const { open } = await start({ connections: 6, perAddress: 100 });
    const slow = [];
    for (let n = 0; n < 6; n++) slow.push(await open('a'));
    const newcomer = await open('b', head(2));
    newcomer.socket.write('ok');
    await expect.poll(newcomer.answer).toContain('200 OK');
    await slow[0]?.closed;
    expect(slow.slice(1).every(({ socket }) => !socket.closed)).toBe(true);
  });

  it('are ended when too few bytes come, and connections that idle are not', async () => {
    const { open } = await start({});
    const idle = await open('a', head(2));
    idle.socket.write('ok');
    const slow = await open('a', head(1000));
    const drip = setInterval(() => slow.socket.write('a'), 200);
    await slow.closed;
    clearInterval(drip);
    expect(slow.answer()).toMatch(/^HTTP\/1.1 408 /);
    expect(idle.socket.closed).toBe(false);
    idle.socket.write(`${head(2)}ok`);
    await expect.poll(() => idle.answer().split('200 OK')).toHaveLength(3);
  });

  it('of uploads have longer, at a lowest rate, and are not counted while they wait for a place', async () => {
    const { open } = await start({}, (request) => {
      setBodyPace(request, request.headers.host === 'held' ? 'held' : 'upload');
    });
    const held = await open('a', head(10).replace('Host: x', 'Host: held'));
    const [steady, slow] = [await open('a', head(100_000)), await open('a', head(100_000))];
    const drip = setInterval(() => {
      steady.socket.write('a'.repeat(1000));
      slow.socket.write('a');
    }, 200);
    await slow.closed;
    await sleep(1500);
    clearInterval(drip);
    expect(slow.answer()).toMatch(/^HTTP\/1.1 408 /);
    expect([steady.socket.closed, held.socket.closed]).toEqual([false, false]);
  });
});
