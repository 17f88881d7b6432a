import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
let ana: SignedIn;
let bruno: SignedIn;
let carla: SignedIn;
/** The administrator of another clinic. */
let other: SignedIn;
/** A client with all fields filled. */
let agata: string;
beforeAll(async () => {
  server = await startTestServer();
  const clinic = await openImportClinic(server);
  ({ ana, bruno } = clinic);
  carla = await clinic.carla();
  ({ ana: other } = await openImportClinic(server));
  agata = (await ana.api('POST /clients', { body: { ...whole, tags: [...whole.tags] } })).body.id;
});
afterAll(() => server.stop());

/** Milliseconds for the first import, which starts the process that reads files: slow on a busy machine. */
const startOfReader = 120_000;

const fetchCard = (who: SignedIn, id: string) =>
  fetch(`${server.address}/api/v1/clients/${id}/vcard`, { headers: { authorization: `Bearer ${who.accessToken}` } });

const whole = {
  firstName: 'Ágata Maria',
  lastName: "D'Ávila; Souza, Filha",
  phone: '+5511987654321',
  secondaryPhone: '+551133334444',
  email: 'agata@exemplo.com',
  document: '52998224725',
  dateOfBirth: '1984-03-07',
  notes: 'segredo clínico',
  tags: ['segredo'],
  address: {
    postalCode: '01310100',
    street: 'Avenida Paulista',
    number: '1000',
    complement: 'Apto 12',
    neighborhood: 'Bela Vista',
    city: 'São Paulo',
    state: 'SP',
  },
} as const;

describe('a client for the contacts of a phone', () => {
  it('is a vCard with registration data alone, named like the person and never kept by caches', async () => {
    for (const who of [ana, carla]) {
      const response = await fetchCard(who, agata);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/vcard; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="Agata Maria DAvila Souza Filha.vcf"; filename*=UTF-8''%C3%81gata%20Maria%20D%C3%81vila%20Souza%20Filha.vcf`,
      );
      const text = await response.text();
      expect(text).not.toMatch(/segredo|52998224725/);
      expect(text.replaceAll('\r\n ', '').split('\r\n')).toEqual([
        'BEGIN:VCARD',
        'VERSION:3.0',
        "N:D'Ávila\\; Souza\\, Filha;Ágata Maria;;;",
        "FN:Ágata Maria D'Ávila\\; Souza\\, Filha",
        'TEL;TYPE=CELL,PREF:+5511987654321',
        'TEL;TYPE=VOICE:+551133334444',
        'EMAIL;TYPE=INTERNET:agata@exemplo.com',
        'ADR;TYPE=HOME:;Apto 12;Avenida Paulista\\, 1000\\nBela Vista;São Paulo;SP;01310-100;Brasil',
        'BDAY:1984-03-07',
        'END:VCARD',
        '',
      ]);
    }
  });

  it('is the same person when another clinic imports it', { timeout: startOfReader }, async () => {
    const job = await importFile(other, await (await fetchCard(ana, agata)).text());
    expect(job).toMatchObject({ status: 'done', created: 1, rejected: 0, reading: { format: 'vcard' } });
    const [client] = await listAll(other);
    const { firstName, lastName, phone, secondaryPhone, email, dateOfBirth, address } = whole;
    expect(client).toMatchObject({ firstName, lastName, phone, secondaryPhone, email, dateOfBirth, address });
    expect([client?.document, client?.notes, client?.tags]).toEqual([null, null, []]);
    expect(client?.extra).toEqual({});
  });

  it('answers for the client of a colleague and of another clinic as for one that is not there', async () => {
    const { id } = (await ana.api('POST /clients', { body: { firstName: 'Ana' } })).body;
    expect((await fetchCard(bruno, id)).status).toBe(404);
    expect((await fetchCard(other, id)).status).toBe(404);
  });

  it('lets no name out of its line or its header', async () => {
    const body = { firstName: 'Zoé\\nEND:VCARD', lastName: '"/../..\\; filename=x.exe' };
    const { id } = (await ana.api('POST /clients', { body })).body;
    const response = await fetchCard(ana, id);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w .-]+\.vcf"; filename\*=UTF-8''[\w%.-]+\.vcf$/,
    );
    const lines = (await response.text()).split('\r\n');
    expect(lines.filter((line) => line === 'END:VCARD')).toHaveLength(1);
  });
});

describe('an import of a vCard file', () => {
  it(
    'tells its format, shows its people, lists cards that do not end, which can be mended',
    { timeout: startOfReader },
    async () => {
      const card = (name: string, phone: string) =>
        `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Prado;${name};;;\r\nTEL;TYPE=CELL:${phone}\r\nEND:VCARD\r\n`;
      const file = `${card('Ana', '11987650001')}BEGIN:VCARD\r\nFN:Metade\r\n${card('Bia', '1198')}`;
      const tried = await importFile(ana, file, { dryRun: 'true' });
      expect(tried).toMatchObject({ status: 'done', dryRun: true, created: 1, rejected: 2 });
      const job = await importFile(ana, file);
      expect(job.problems.map(({ line, header, code }) => [line, header, code])).toEqual([
        [6, null, 'unfinished_card'],
        [8, 'Phone 1 - Value', 'invalid_phone'],
      ]);
      expect(job.problems[0]?.message).toContain('END:VCARD');
      const rejected = await fetch(`${server.address}/api/v1/imports/${job.id}/rejected.csv`, {
        headers: { authorization: `Bearer ${ana.accessToken}` },
      });
      const list = await rejected.text();
      expect(await importFile(ana, list)).toMatchObject({ created: 0, rejected: 2 });
      expect(await importFile(ana, list.replace('1198', '11987650002'))).toMatchObject({ created: 1, rejected: 1 });
    },
  );
});
