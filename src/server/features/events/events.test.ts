import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

/** Collects changes from a stream until stopped. */
async function listen(server: TestServer, person: SignedIn) {
  const stop = new AbortController();
  const response = await fetch(`${server.address}/api/v1/events`, {
    headers: { authorization: `Bearer ${person.accessToken}` },
    signal: stop.signal,
  });
  const changes: ChangeEvent[] = [];
  const finished = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      for (const [, data = '{}'] of decoder.decode(chunk).matchAll(/^data: (.+)$/gm))
        changes.push(JSON.parse(data) as ChangeEvent);
    }
  })().catch(() => undefined);
  return { response, changes, finished, stop };
}

describe('events', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('eventos.test');
    await server.createClinic('alheia.test');
  });
  afterAll(() => server.stop());

  it('tells the clinic what changed, once, and nobody else', async () => {
    const [ana, bruno, stranger] = [
      await server.signIn('ana@eventos.test'),
      await server.signIn('bruno@eventos.test'),
      await server.signIn('ana@alheia.test'),
    ];
    const streams = await Promise.all([listen(server, ana), listen(server, bruno), listen(server, stranger)]);
    const [toAna, toBruno, toStranger] = streams;
    expect(toAna.response.headers.get('content-type')).toContain('text/event-stream');

    const { body: brunos } = await bruno.api('POST /clients', { body: { firstName: 'Íris' } });
    const { body: anas } = await ana.api('POST /clients', { body: { firstName: 'Caetano' } });
    await expect.poll(() => toAna.changes.length, { timeout: 5000 }).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1500));

    expect(toAna.changes.map(({ recordId }) => recordId)).toEqual([brunos.id, anas.id]);
    expect(toAna.changes[0]).toMatchObject({ recordType: 'client', by: bruno.professionalId });
    expect(toBruno.changes.map(({ recordId }) => recordId)).toEqual([brunos.id]);
    expect(toStranger.changes).toEqual([]);
    streams.forEach(({ stop }) => {
      stop.abort();
    });
  });

  it('lets the server stop while somebody listens', async () => {
    const other = await startTestServer();
    await other.createClinic('parada.test');
    const stream = await listen(other, await other.signIn('ana@parada.test'));
    const begun = Date.now();
    await other.stop();
    await stream.finished;
    expect(Date.now() - begun).toBeLessThan(5000);
  });
});
