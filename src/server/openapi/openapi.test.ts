import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { contracts, errorCatalogue } from '../../shared/contracts/index.ts';
import type { OpenApiDocument, Operation } from './types.ts';

describe('the OpenAPI document', () => {
  let server: TestServer;
  let document: OpenApiDocument;

  beforeAll(async () => {
    server = await startTestServer();
    document = (await (await fetch(`${server.address}/api/v1/openapi.json`)).json()) as OpenApiDocument;
  });
  afterAll(() => server.stop());

  const operations = (): { method: string; path: string; url: string; operation: Operation }[] =>
    Object.entries(document.paths).flatMap(([path, { servers = document.servers, ...methods }]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        url: `${server.address}${(servers[0]?.url ?? '').replace(/\/$/, '')}${path.replace(/\{\w+\}/g, randomUUID())}`,
        operation,
      })),
    );

  it('names every operation of the contract table', () => {
    const described = operations().map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(expect.arrayContaining(Object.keys(contracts)));
  });

  it('is OpenAPI 3.1: identifiers once, references that lead somewhere, path parameters declared', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(references.length).toBeGreaterThan(50);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(known).toEqual(expect.arrayContaining([...new Set(references)]));
    expect(Object.keys(document.components.schemas['ClientInput']?.properties ?? {})).toContain('healthInsurance');
    const tags = document.tags.map(({ name }) => name);
    for (const { path, operation } of operations()) {
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
      expect(tags).toContain(operation.tags[0]);
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    }
  });

  it('answers every operation without a token as it says: 401, or something else where it is public', async () => {
    for (const { method, url, operation } of operations()) {
      const response = await fetch(url, { method, redirect: 'manual' });
      const isPublic = operation.security.length === 0;
      const problem = await problemOf(response);
      if (isPublic) {
        // Refreshing without a token is also 401, because the token is its input.
        const ok = response.status < 300 || operation.responses[String(response.status)] !== undefined;
        expect(ok, `${method} ${url} is ${String(response.status)}`).toBe(true);
      } else expect([method, url, response.status, problem]).toEqual([method, url, 401, 'unauthenticated']);
    }
  });

  it('tells which header or cookie carries the token', async () => {
    const { cookie } = document.components.securitySchemes;
    await server.createClinic('openapi.example');
    const email = 'ana@openapi.example';
    const code = await server.fetchCode(email);
    const response = await fetch(`${server.address}/api/v1/auth/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, code, device: { id: randomUUID() }, transport: 'cookie' }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie().some((line) => line.startsWith(`${cookie?.['name'] ?? ''}=`))).toBe(true);
  });

  it('keeps its promises about headers: ETag, Location, If-Match', async () => {
    const bruno = await server.signIn('bruno@openapi.example');
    const { body, headers } = await bruno.api('POST /clients', { body: { firstName: 'Rosa' } });
    const declared = document.paths['/clients']?.post?.responses['201']?.headers ?? {};
    for (const name of ['ETag', 'Location']) {
      expect(declared[name]).toBeDefined();
      expect(headers.get(name)).not.toBeNull();
    }
    const response = await fetch(`${server.address}/api/v1/clients/${body.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${bruno.accessToken}` },
    });
    expect(response.status).toBe(428);
    const ifMatch = document.paths['/clients/{id}']?.delete?.parameters?.find(({ name }) => name === 'If-Match');
    expect(ifMatch?.required).toBe(true);
  });

  it.each(['docs', 'openapi.json'])('is found at /%s, too', async (name) => {
    const response = await fetch(`${server.address}/${name}`);
    expect([response.status, new URL(response.url).pathname]).toEqual([200, `/api/v1/${name}`]);
  });

  it('is a page that loads nothing from anywhere and names every operation and error', async () => {
    const response = await fetch(`${server.address}/api/v1/docs`);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(policy).not.toContain('unsafe');
    const page = await response.text();
    expect(page).not.toMatch(/<script|https?:\/\//i);
    for (const { operation } of operations())
      expect(page.includes(`id="${operation.operationId}"`), operation.operationId).toBe(true);
    for (const code of Object.keys(errorCatalogue)) expect(page.includes(code), code).toBe(true);
  });
});

async function problemOf(response: Response): Promise<string | undefined> {
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return undefined;
  return (JSON.parse(text) as { code?: string }).code;
}
