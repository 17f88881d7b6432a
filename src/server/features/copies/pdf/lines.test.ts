import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishClinic } from '../../../../../tests/support/furnished-clinic.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../../tests/support/server.ts';
import { Reader } from './lines.ts';
import { partLabels, titles } from './words.ts';

let server: TestServer;
let ana: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('linhas.test');
  ana = await server.signIn('ana@linhas.test');
});
afterAll(() => server.stop());

/** The lines of each part of a copy. */
async function readCopy(id: string): Promise<Map<string, string[]>> {
  const { body } = await ana.api('GET /clients/{id}/data-export', { params: { id } });
  return new Map(
    (Object.keys(titles) as (keyof typeof titles)[]).map((part) => {
      const items: readonly object[] = [body[part]].flat();
      const reader = new Reader('America/Sao_Paulo', partLabels[part]);
      const lines = items.flatMap((item) => [...reader.lines(item)]);
      return [part, lines.map(({ label, value }) => (value === undefined ? label : `${label}: ${value}`))];
    }),
  );
}

describe('the lines of a copy to read', () => {
  it('have words for every key and no ids, also of changes', async () => {
    const id = await furnishClinic(ana);
    const text = { purpose: 'images', title: 'Uso de imagem', body: 'Fotos' } as const;
    const { id: textId } = (await ana.api('POST /consent-texts', { body: text })).body;
    const consent = { textId, decision: 'given', by: 'guardian', means: 'paper' } as const;
    const guardian = { name: 'Marta', relation: 'mother' } as const;
    const given = await ana.api('POST /clients/{id}/consents', { params: { id }, body: { ...consent, guardian } });
    await ana.api('POST /consents/{id}/withdraw', {
      params: { id: given.body.id },
      body: { by: 'client', means: 'paper' },
    });
    const asked = { clientId: id, kind: 'access', identifiedBy: 'RG' } as const;
    const dataRequest = await ana.api('POST /data-requests', { body: asked });
    await ana.api('POST /clients/{id}/copies', { params: { id }, body: { dataRequestId: dataRequest.body.id } });
    const lines = [...(await readCopy(id)).values()].flat();
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((line) => /^\p{Ll}|\p{Ll}\p{Lu}.*:/u.test(line))).toEqual([]);
    expect(lines.filter((line) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(line))).toEqual([]);
    // What was written down for the first time comes after nothing.
    expect(lines.filter((line) => line.includes('— →'))).toEqual([]);
  });

  it('say when an appointment was before, and call its notes its own', async () => {
    const { id } = (
      await ana.api('POST /clients', { body: { firstName: 'Íris', phone: '11987650009', notes: 'Calo' } })
    ).body;
    const visit = await ana.api('POST /appointments', {
      body: {
        ...{ clientId: id, professionalId: ana.professionalId, visitType: 'consulta' },
        ...{ localStart: '2031-07-08T10:00', durationMinutes: 30, notes: 'Trazer exame' },
      },
    });
    await ana.api('PATCH /appointments/{id}', {
      params: { id: visit.body.id },
      headers: { 'if-match': '*' },
      body: { localStart: '2031-07-08T11:00' },
    });
    const copy = await readCopy(id);
    expect(copy.get('client')).toEqual(
      expect.arrayContaining(['Telefone: (11) 98765-0009', 'Observações do cadastro: Calo']),
    );
    expect(copy.get('client')?.join()).not.toContain('nônimo');
    expect(copy.get('appointments')).toEqual(
      expect.arrayContaining([
        'Observações do atendimento: Trazer exame',
        'Início: 08/07/2031, 10:00 → 08/07/2031, 11:00',
        'Fim: 08/07/2031, 10:30 → 08/07/2031, 11:30',
      ]),
    );
  });
});
