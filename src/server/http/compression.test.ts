import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';

let server: TestServer;
let ana: SignedIn;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('comprime.test');
  ana = await server.signIn('ana@comprime.test');
  const names = Array.from({ length: 20 }, (_, index) => `Conceição ${String(index)}`);
  const ids = await Promise.all(
    names.map(async (firstName) => (await ana.api('POST /clients', { body: { firstName } })).body.id),
  );
  id = ids[0] ?? '';
  const notes = 'Calo no pé esquerdo. '.repeat(200);
  await ana.api('PATCH /clients/{id}', { params: { id }, body: { notes }, headers: { 'if-match': '*' } });
});
afterAll(() => server.stop());

/** As sent: fetch would undo the compression. */
async function get(path: string, encodings: string) {
  const headers = { authorization: `Bearer ${ana.accessToken}`, 'accept-encoding': encodings };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${server.address}/api/v1${path}`, { headers }, resolve).once('error', reject).end();
  });
  return { headers: answer.headers, bytes: await buffer(answer) };
}

it('sends a long list compressed to who takes gzip, and the same list to who does not', async () => {
  const plain = await get('/clients', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  const gzip = await get('/clients', 'br, gzip');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gzip.headers.vary).toMatch(/accept-encoding/i);
  expect(gzip.headers['content-length']).toBe(String(gzip.bytes.length));
  expect(gzip.bytes.length).toBeLessThan(plain.bytes.length / 4);
  expect(JSON.parse(gunzipSync(gzip.bytes).toString())).toEqual(JSON.parse(plain.bytes.toString()));
});

it('sends as it is what is short, and a record with an entity tag, which would have to be another one', async () => {
  expect((await get('/me', 'gzip')).headers['content-encoding']).toBeUndefined();
  const card = await get(`/clients/${id}`, 'gzip');
  expect(card.bytes.length).toBeGreaterThan(4000);
  expect(card.headers.etag).toMatch(/^"/);
  expect(card.headers['content-encoding']).toBeUndefined();
});
