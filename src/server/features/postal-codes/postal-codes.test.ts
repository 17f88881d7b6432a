import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo } from '../../../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';

/** What the service was asked, and what it answers by the CEP. */
const asked: { path: string; headers: string }[] = [];
const paulista = {
  cep: '01310-100',
  logradouro: 'Avenida Paulista',
  complemento: 'de 612 a 1510 - lado par',
  bairro: 'Bela Vista',
  localidade: 'São Paulo',
  uf: 'SP',
  ibge: '3550308',
};
const json = (answer: ServerResponse, body: unknown): void => {
  answer.setHeader('content-type', 'application/json').end(JSON.stringify(body));
};
const answers: Record<string, (answer: ServerResponse) => unknown> = {
  '01310100': (answer) => {
    json(answer, paulista);
  },
  // A town with one CEP.
  '18270000': (answer) => {
    json(answer, { logradouro: '', bairro: '', localidade: 'Tatuí', uf: 'SP' });
  },
  '00000000': (answer) => {
    json(answer, { erro: true });
  },
  '00000001': (answer) => {
    json(answer, { erro: 'true' });
  },
  '00000002': (answer) => answer.writeHead(404).end(),
  '10000000': (answer) => answer.writeHead(500).end('{}'),
  '10000001': (answer) => answer.end('<html>'),
  '10000002': (answer) => {
    json(answer, { ...paulista, uf: 'XX' });
  },
  '10000003': (answer) => {
    json(answer, { ...paulista, logradouro: 'x'.repeat(201) });
  },
  '10000004': (answer) => {
    json(answer, { ...paulista, logradouro: 'Rua\u0000' });
  },
  '10000005': (answer) => answer.end(`{"x":"${'x'.repeat(100_000)}"}`),
  '10000006': (answer) => answer.writeHead(302, { location: '/01310100/json' }).end(),
  '10000007': () => undefined,
  '10000008': (answer) => answer.destroy(),
  '10000009': (answer) => {
    json(answer, null);
  },
};

let service: Server;
let server: TestServer;
let people: TwoClinics;
beforeAll(async () => {
  service = createServer((request, answer) => {
    const { url = '' } = request;
    asked.push({ path: url, headers: JSON.stringify(request.headers) });
    answers[url.split('/')[2] ?? '']?.(answer);
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  const { port } = service.address() as AddressInfo;
  server = await startTestServer({ POSTAL_CODE_SERVICE_URL: `http://127.0.0.1:${String(port)}/ws/{cep}/json/` });
  people = await signInTwoClinics(server);
});
afterAll(async () => {
  await server.stop();
  service.closeAllConnections();
  service.close();
});

const find = async (postalCode: string, who = people.carla) =>
  (await who.api('GET /postal-codes/{postalCode}', { params: { postalCode } })).body.place;
const timesAsked = (postalCode: string) => asked.filter(({ path }) => path.includes(postalCode)).length;

describe('the address of a CEP', () => {
  it('comes from the chosen service, which gets the CEP and nothing else', async () => {
    const place = { state: 'SP', city: 'São Paulo', neighborhood: 'Bela Vista', street: 'Avenida Paulista' };
    expect(await find('01310-100')).toEqual(place);
    expect(asked[0]?.path).toBe('/ws/01310100/json/');
    for (const hidden of ['authorization', 'cookie', 'carla', people.carla.professionalId])
      expect(asked[0]?.headers).not.toContain(hidden);
    expect(await find('18270000')).toEqual({ state: 'SP', city: 'Tatuí', neighborhood: null, street: null });
  });

  it('is asked for once, also by several people at a time, and then kept', async () => {
    const before = timesAsked('01310100');
    await Promise.all([find('01310100'), find('01310100', people.ana), find('01310100', people.vera)]);
    expect(timesAsked('01310100')).toBe(before);
    await Promise.all(['00000000', '00000000', '00000000'].map((code) => find(code)));
    expect(timesAsked('00000000')).toBe(1);
  });

  it.each(['00000000', '00000001', '00000002'])('is null where nobody knows the CEP: %s', async (code) => {
    expect(await find(code)).toBeNull();
    expect(await find(code)).toBeNull();
    expect(timesAsked(code)).toBe(1);
  });

  it.each(Object.keys(answers).filter((code) => code.startsWith('1000') && code !== '10000007'))(
    'is null, and asked again the next time, when the service answers nonsense: %s',
    async (code) => {
      expect(await find(code)).toBeNull();
      expect(await find(code)).toBeNull();
      expect(timesAsked(code)).toBe(2);
    },
  );

  it('is given up when the service is silent, while other people are served', async () => {
    const silent = find('10000007');
    await expect.poll(() => timesAsked('10000007')).toBe(1);
    const other = find('01310100', people.ana).then((place) => place?.street);
    expect(await Promise.race([silent, other])).toBe('Avenida Paulista');
    expect(await silent).toBeNull();
  });

  it('is told in the log without the CEP', () => {
    expect(server.logs.some((line) => line.includes('"postal_code_service_failed"'))).toBe(true);
    expect(server.logs.join()).not.toMatch(/1000000\d|01310100/);
  });

  it('is refused for what is no CEP, and to whoever asks without end', async () => {
    expect(
      await answerTo(people.ana.api('GET /postal-codes/{postalCode}', { params: { postalCode: '0131010' } })),
    ).toBe('404 not_found');
    const all = await Promise.all(
      Array.from({ length: 70 }, () =>
        answerTo(people.bruno.api('GET /postal-codes/{postalCode}', { params: { postalCode: '01310100' } })),
      ),
    );
    expect(new Set(all)).toEqual(new Set(['200', '429 too_many_requests']));
    expect(await find('01310100', people.vera)).not.toBeNull();
  });
});

it('no service is asked unless one was chosen', async () => {
  const plain = await startTestServer();
  try {
    const { ana } = await signInTwoClinics(plain);
    const before = asked.length;
    expect(await find('01310100', ana)).toBeNull();
    expect(asked).toHaveLength(before);
  } finally {
    await plain.stop();
  }
});
