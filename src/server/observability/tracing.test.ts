import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { loadConfig } from '../config.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './testing/otlp-receiver.ts';

describe('traces go where the standard variables say', () => {
  let receiver: OtlpReceiver;
  let server: TestServer;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    server = await startTestServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b',
      OTEL_SERVICE_NAME: 'clinica',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
    });
    await server.createClinic('traces.example');
  });
  afterAll(async () => {
    await server.stop();
    await receiver.close();
  });

  const spansNamed = async (name: string): Promise<ReceivedSpan[]> => {
    const named = () => receiver.spans.filter((span) => span.name === name);
    await expect.poll(named, { timeout: 15_000 }).not.toEqual([]);
    return named();
  };

  it('requests by route with their transactions, jobs, and nobody’s data', async () => {
    const ana = await server.signIn('ana@traces.example');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parentId = 'b7ad6b7169203331';
    const headers = {
      authorization: `Bearer ${ana.accessToken}`,
      traceparent: `00-${traceId}-${parentId}-01`,
      tracestate: 'vendor=Segredo',
      baggage: 'patient=Segredo',
    };
    await fetch(`${server.address}/api/v1/clients?q=Segredo`, { headers });
    await fetch(`${server.address}/api/v1/clients`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Inês', lastName: 'Segredo', professionalId: ana.professionalId }),
    });
    await fetch(`${server.address}/healthz`);

    const [read] = await spansNamed('GET /api/v1/clients');
    expect(read).toMatchObject({
      traceId,
      parentId,
      kind: 2,
      status: 0,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/clients',
        'http.response.status_code': 200,
        'url.scheme': 'http',
      },
      resource: { 'service.name': 'clinica', 'deployment.environment.name': 'test' },
    });
    const [write] = await spansNamed('POST /api/v1/clients');
    const transactions = receiver.spans.filter((span) => span.traceId === traceId && span.kind === 3);
    const parents = transactions.map((span) => [span.name, span.parentId]);
    expect(parents).toContainEqual(['transaction read', read?.spanId]);
    expect(parents).toContainEqual(['transaction write', write?.spanId]);

    const [job] = await spansNamed('job send_sign_in_code');
    expect(job).toMatchObject({
      parentId: '',
      kind: 5,
      attributes: { 'messaging.destination.name': 'send_sign_in_code' },
    });
    const ofJob = receiver.spans.filter((span) => span.parentId === job?.spanId);
    expect(ofJob.map(({ name }) => name)).toContain('transaction system');

    expect(receiver.requests.map((request) => request.path)).toContain('/v1/traces');
    expect(receiver.requests[0]?.headers['x-key']).toBe('a b');
    const all = Buffer.concat(receiver.requests.map(({ body }) => body)).toString('latin1');
    for (const secret of ['Segredo', 'Inês', 'ana@', ana.accessToken, ana.professionalId, ana.sessionId, '127.0.0.1'])
      expect(all).not.toContain(Buffer.from(secret).toString('latin1'));
    const names = new Set(receiver.spans.map(({ name }) => name));
    for (const name of names) expect(name).not.toMatch(/healthz|readyz/);
    // Periodic tasks make no traces.
    expect(receiver.spans.filter((span) => span.kind === 3 && span.parentId === '')).toEqual([]);
  });

  it('what fails is marked, and a traceparent that is none starts a trace of its own', async () => {
    const before = receiver.spans.length;
    await fetch(`${server.address}/api/v1/me`, { headers: { traceparent: '00-zz-1-01' } });
    const [refused] = await spansNamed('GET /api/v1/me');
    expect(refused).toMatchObject({ parentId: '', status: 0, attributes: { 'http.response.status_code': 401 } });
    expect(receiver.spans.length).toBeGreaterThan(before);
  });
});

describe('tracing', () => {
  const tracingOf = (env: Record<string, string>) => loadConfig({ SECRET_KEY: 'development', ...env }).tracing;
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

  it('is off unless a receiver is named, and where it is turned off', () => {
    expect(tracingOf({})).toBeUndefined();
    expect(tracingOf({ OTEL_SERVICE_NAME: 'x' })).toBeUndefined();
    expect(tracingOf({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
    expect(tracingOf({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
  });

  it('takes the standard variables as the standard says', () => {
    expect(tracingOf(endpoint)).toEqual({
      url: 'http://collector:4318/v1/traces',
      headers: {},
      serviceName: 'acolhe',
      attributes: {},
      sampler: 'parentbased_always_on',
      ratio: 1,
    });
    expect(
      tracingOf({
        ...endpoint,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
        OTEL_RESOURCE_ATTRIBUTES: 'service.name=a, region = br ,',
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
      }),
    ).toMatchObject({
      url: 'https://traces.example/in',
      serviceName: 'a',
      attributes: { region: 'br' },
      sampler: 'traceidratio',
      ratio: 0.25,
    });
  });

  it.each([
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { OTEL_EXPORTER_OTLP_HEADERS: 'nothing' },
    { OTEL_EXPORTER_OTLP_HEADERS: 'key=%zz' },
    { OTEL_TRACES_SAMPLER: 'sometimes' },
    { OTEL_TRACES_SAMPLER_ARG: '1.5' },
  ])('refuses %o', (env) => {
    expect(() => tracingOf({ ...endpoint, ...env })).toThrow(Object.keys(env)[0]);
  });

  it('samples as told, and a server stops in time whose receiver is away', async () => {
    const receiver = await startOtlpReceiver();
    const silent = await startTestServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER: 'always_off',
    });
    await fetch(`${silent.address}/api/v1/me`);
    await silent.stop();
    expect(receiver.requests).toEqual([]);
    await receiver.close();
    const away = await startTestServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    await fetch(`${away.address}/api/v1/me`);
    const begun = Date.now();
    await away.stop();
    expect(Date.now() - begun).toBeLessThan(6000);
  });
});
