import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { ask } from './testing/speak.ts';

const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('acolhe-upload-'));

describe('a form that is none', () => {
  let server: TestServer;
  let ana: SignedIn;
  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('formularios.test');
    ana = await server.signIn('ana@formularios.test');
  });
  afterAll(() => server.stop());

  const file = 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnome\r\nEva\r\n';
  const field = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const form = (...parts: string[]) => `--x\r\n${parts.join('--x\r\n')}--x--\r\n`;
  const withBoundary = 'multipart/form-data; boundary=x';

  const send = async (type: string, body: string | Uint8Array, more: readonly string[] = [], length?: number) => {
    const {
      status,
      head,
      body: text,
    } = await ask(
      server.address,
      [
        'POST /api/v1/imports HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${ana.accessToken}`,
        `Content-Type: ${type}`,
        `Content-Length: ${String(length ?? Buffer.byteLength(body))}`,
        ...more,
      ],
      body,
    );
    const problem = head.includes('problem+json')
      ? (JSON.parse(text) as { code: string; errors?: { path: string; code: string }[] })
      : undefined;
    return [status, problem?.code, ...(problem?.errors ?? []).map(({ path, code }) => `${path}: ${code}`)];
  };

  it.each<[string, string, string | Uint8Array, string[], (string | number)[]]>([
    ['no boundary', 'multipart/form-data', form(file), [], [400, 'broken_form']],
    ['an empty boundary', 'multipart/form-data; boundary=', form(file), [], [400, 'broken_form']],
    [
      'a boundary that is endless',
      `multipart/form-data; boundary=${'y'.repeat(8000)}`,
      form(file),
      [],
      [400, 'broken_form'],
    ],
    ['another boundary', 'multipart/form-data; boundary=y', form(file), [], [400, 'broken_form']],
    ['no end', withBoundary, form(file).replace('--x--', ''), [], [400, 'broken_form']],
    ['an end within the file', withBoundary, `--x\r\n${file.slice(0, -3)}`, [], [400, 'broken_form']],
    ['an end within the head', withBoundary, '--x\r\nContent-Disposition: form-da', [], [400, 'broken_form']],
    [
      'a file without a name',
      withBoundary,
      form(file.replace('; filename="a.csv"', '\r\nContent-Type: application/octet-stream')),
      [],
      [422, 'invalid_request', 'file: unnamed_file'],
    ],
    [
      'an empty name',
      withBoundary,
      form(file.replace('a.csv', '')),
      [],
      [422, 'invalid_request', 'file: unnamed_file'],
    ],
    [
      'a name of a folder',
      withBoundary,
      form(file.replace('a.csv', '../')),
      [],
      [422, 'invalid_request', 'file: unnamed_file'],
    ],
    [
      'NUL in the name of a field',
      withBoundary,
      form(field('a\0b', '1'), file),
      [],
      [422, 'invalid_request', 'a\0b: unknown_field'],
    ],
    [
      'a field without a name',
      withBoundary,
      form(file, 'Content-Disposition: form-data\r\n\r\n1\r\n'),
      [],
      [400, 'broken_form'],
    ],
    [
      'a file without a field',
      withBoundary,
      form(file.replace(' name="file";', '')),
      [],
      [422, 'invalid_request', ': unknown_field'],
    ],
    [
      'a file in another field',
      withBoundary,
      form(file.replace('"file"', '"arquivo"')),
      [],
      [422, 'invalid_request', 'arquivo: unknown_field'],
    ],
    [
      'a field given twice',
      withBoundary,
      form(field('dryRun', 'true'), field('dryRun', 'false'), file),
      [],
      [400, 'broken_form'],
    ],
    ['a prototype', withBoundary, form(field('__proto__', '1'), file), [], [400, 'broken_form']],
    ['two files', withBoundary, form(file, file), [], [413, 'payload_too_large']],
    [
      'many fields',
      withBoundary,
      form(...Array.from({ length: 30 }, (_, n) => field(`f${String(n)}`, '1')), file),
      [],
      [413, 'payload_too_large'],
    ],
    ['no file', withBoundary, form(field('dryRun', 'true')), [], [422, 'invalid_request', 'file: required']],
    ['no part', withBoundary, '--x--\r\n', [], [422, 'invalid_request', 'file: required']],
    ['no body', withBoundary, '', [], [422, 'invalid_request', 'file: required']],
    [
      'JSON in a field that is none',
      withBoundary,
      form(field('dryRun', '{').replace('\r\n\r\n', '\r\nContent-Type: application/json\r\n\r\n'), file),
      [],
      [400, 'broken_form'],
    ],
    [
      'a mapping that is no JSON',
      withBoundary,
      form(field('mapping', '{'), file),
      [],
      [422, 'invalid_request', 'mapping: invalid_value'],
    ],
    [
      'a mapping that names a column twice',
      withBoundary,
      form(field('mapping', '{"nome":"ignore","nome":"fullName"}'), file),
      [],
      [422, 'invalid_request', 'mapping: repeated_name'],
    ],
    [
      'a mapping that names a column twice, once in another spelling',
      withBoundary,
      form(field('mapping', '{"nome":"ignore","n\\u006fme":"fullName"}'), file),
      [],
      [422, 'invalid_request', 'mapping: repeated_name'],
    ],
    [
      'a mapping of a prototype',
      withBoundary,
      form(field('mapping', '{"nome":"fullName","__proto__":"phone"}'), file),
      [],
      [422, 'invalid_request', 'mapping: invalid_value'],
    ],
    [
      'a mapping of a constructor with a prototype',
      withBoundary,
      form(field('mapping', '{"nome":"fullName","constructor":{"prototype":"phone"}}'), file),
      [],
      [422, 'invalid_request', 'mapping: invalid_value'],
    ],
    [
      'a mapping that is too deep',
      withBoundary,
      form(field('mapping', '['.repeat(1000)), file),
      [],
      [422, 'invalid_request', 'mapping: invalid_value'],
    ],
    [
      'a mapping of lost letters',
      withBoundary,
      form(field('mapping', '{"Observa\ufffdo":"notes"}'), file),
      [],
      [422, 'invalid_request', 'mapping.Observa\ufffdo: invalid_value'],
    ],
    [
      'a mapping of NUL',
      withBoundary,
      form(field('mapping', '{"\\u0000":"notes"}'), file),
      [],
      [422, 'invalid_request', 'mapping.\0: invalid_value'],
    ],
    [
      'a compressed form',
      withBoundary,
      gzipSync(form(file)),
      ['Content-Encoding: gzip'],
      [415, 'unsupported_media_type'],
    ],
    ['a compressed form that says nothing of it', withBoundary, gzipSync(form(file)), [], [400, 'broken_form']],
    ['another kind of form', 'multipart/mixed; boundary=x', form(file), [], [415, 'unsupported_media_type']],
    ['JSON', 'application/json', '{}', [], [415, 'unsupported_media_type']],
  ])('is refused with what is wrong: %s', async (_, type, body, headers, expected) => {
    expect(await send(type, body, headers)).toEqual(expected);
    expect((await ana.api('GET /imports')).body.items).toEqual([]);
    await expect.poll(leftovers).toEqual([]);
  });

  it('leaves nothing behind when the sender goes away', async () => {
    await send(withBoundary, form(file).slice(0, -20), [], 1_000_000).catch(() => undefined);
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
  });

  it('keeps the letters of a file’s name that can be read', async () => {
    const send = async (name: string | Uint8Array) => {
      const [before = '', after = ''] = form(file).split('a.csv');
      const body = Buffer.concat([Buffer.from(before), Buffer.from(name), Buffer.from(after)]);
      const { status, body: text } = await ask(
        server.address,
        [
          'POST /api/v1/imports HTTP/1.1',
          'Host: localhost',
          `Authorization: Bearer ${ana.accessToken}`,
          `Content-Type: ${withBoundary}`,
          `Content-Length: ${String(body.length)}`,
        ],
        body,
      );
      expect(status).toBe(202);
      return (JSON.parse(text.replace(/^[\da-f]+\r\n/, '').replace(/\r\n0\r\n\r\n$/, '')) as { fileName: string })
        .fileName;
    };
    expect(await send('Relatório.csv')).toBe('Relatório.csv');
    expect(await send(Buffer.from('C:\\dados\\Relatório.csv', 'latin1'))).toBe('Relatrio.csv');
    expect(await send('a\0b\u0001.csv')).toBe('ab.csv');
  });
});
