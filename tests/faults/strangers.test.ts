import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people: Readonly<Record<'ana' | 'bruno' | 'carla', SignedIn>>;
const sockets: Socket[] = [];

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('porta.test');
  people = {
    ana: await server.signIn('ana@porta.test'),
    bruno: await server.signIn('bruno@porta.test'),
    carla: await server.signIn('carla@porta.test'),
  };
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => server.stop());

/** Opens a connection and sends the lines on it. `answer` gives what has come back so far. */
async function open(lines: readonly string[]) {
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  await once(socket, 'connect');
  socket.write([...lines, 'host: localhost', '', ''].join('\r\n'));
  return { socket, answer: () => answer };
}

const bearer = ({ accessToken }: SignedIn): string => `authorization: Bearer ${accessToken}`;
const form = 'content-type: multipart/form-data; boundary=x';
const upload = (...more: string[]) => open(['POST /api/v1/imports HTTP/1.1', form, 'content-length: 100000', ...more]);

describe('strangers', () => {
  it('with a thousand slow bodies from one address turn nobody else away', { timeout: 90_000 }, async () => {
    for (let at = 0; at < 1100; at += 100)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          open(['POST /api/v1/auth/codes HTTP/1.1', 'content-type: application/json', 'content-length: 1000']),
        ),
      );
    const drip = setInterval(() => {
      for (const socket of sockets) socket.write(' ');
    }, 1000);
    const statuses: number[] = [];
    for (let n = 0; n < 15; n++) {
      const answer = await people.bruno.api('GET /clients');
      statuses.push(answer.status, (await fetch(`${server.address}/healthz`)).status);
      await sleep(50);
    }
    clearInterval(drip);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await expect.poll(() => sockets.filter(({ closed }) => !closed).length, { timeout: 15_000 }).toBeLessThan(300);
  });

  it('learn that they may not send a file before any of it is sent', async () => {
    const none = await upload('authorization: Bearer x', 'expect: 100-continue');
    const reception = await upload(bearer(people.carla), 'expect: 100-continue');
    const client = await open(['POST /api/v1/clients HTTP/1.1', 'content-type: application/json', 'content-length: 9']);
    await expect.poll(none.answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 401 /);
    await expect.poll(reception.answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 403 /);
    await expect.poll(client.answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 401 /);
    const professional = await upload(bearer(people.bruno), 'expect: 100-continue');
    await expect.poll(professional.answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 100 /);
    // The server does not wait for the rest of their bodies.
    await expect.poll(() => none.socket.closed && reception.socket.closed, { timeout: 15_000 }).toBe(true);
    expect(professional.socket.closed).toBe(false);
  });

  it('get no more time for a form where none is taken', { timeout: 40_000 }, async () => {
    const codes = await open(['POST /api/v1/auth/codes HTTP/1.1', form, 'content-length: 100000']);
    const nowhere = await open(['POST /api/v1/nowhere HTTP/1.1', form, 'content-length: 100000']);
    await expect.poll(() => codes.socket.closed && nowhere.socket.closed, { timeout: 30_000 }).toBe(true);
  });
});

describe('slow uploads', () => {
  it('of people who may not import hold up nobody', async () => {
    await Promise.all(Array.from({ length: 8 }, () => upload(bearer(people.carla))));
    await expectImport(people.ana);
  });

  it('of one person leave room for a colleague, and the rest wait in a queue of their own', async () => {
    const slow = await Promise.all(Array.from({ length: 6 }, () => upload(bearer(people.bruno))));
    await expectImport(people.ana);
    expect(slow.map(({ answer }) => answer())).toEqual(Array<string>(6).fill(''));
  });

  async function expectImport({ accessToken }: SignedIn): Promise<void> {
    const body = new FormData();
    body.set('file', new Blob(['nome\nIgor\n']), 'lista.csv');
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${server.address}/api/v1/imports`, { method: 'POST', headers, body });
    expect(answer.status).toBe(202);
  }
});
