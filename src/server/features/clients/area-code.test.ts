import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

describe('the clinic’s area code', () => {
  let server: TestServer;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('ddd.test');
    ana = await server.signIn('ana@ddd.test');
  });
  afterAll(() => server.stop());

  const setClinic = (body: { areaCode?: string | null; defaultProfessionalId?: string | null }) =>
    ana.api('PATCH /clinic', { body, headers: { 'if-match': '*' } });
  const create = (body: { firstName: string; phone?: string; guardian?: { phone: string } }) =>
    ana.api('POST /clients', { body });

  it('completes phones that are written without one', async () => {
    await setClinic({ areaCode: '19' });
    const { body } = await create({ firstName: 'Ivo', phone: '98765-4321', guardian: { phone: '3222 1111' } });
    expect(body).toMatchObject({ phone: '+5519987654321', guardian: { phone: '+551932221111' } });
    const patched = await ana.api('PATCH /clients/{id}', {
      params: { id: body.id },
      body: { secondaryPhone: '32221112', phone: '(11) 98765-4322' },
      headers: { 'if-match': '*' },
    });
    expect(patched.body).toMatchObject({ phone: '+5511987654322', secondaryPhone: '+551932221112' });
    // The completed number is what is compared.
    await create({ firstName: 'Ada', phone: '987650000' });
    await expect(create({ firstName: 'Eva', phone: '19987650000' })).rejects.toMatchObject({
      problem: { code: 'duplicate_phone' },
    });
  });

  it('is not made up: without it, such a phone is refused with the field', async () => {
    await setClinic({ areaCode: null });
    await expect(create({ firstName: 'Rui', guardian: { phone: '987654321' } })).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'guardian.phone', code: 'invalid_phone' }] },
    });
    await setClinic({ areaCode: '19' });
    for (const phone of ['98765432', '190', '987654321 ramal 2'])
      await expect(create({ firstName: 'Rui', phone })).rejects.toMatchObject({ status: 422 });
  });

  it('completes the phones of an imported file, and says how many', async () => {
    await setClinic({ areaCode: '19' });
    const rows = 'nome,telefone\nLia Sá,91234-5678\nRita Reis,(11) 91234-5679\nOto Lima,3232-1010 / 3232-1011\n';
    expect(await importFile(ana, rows)).toMatchObject({ created: 3, areaCode: '19', completedPhones: 2 });
    const { body } = await ana.api('GET /clients', { query: { q: 'Lia Sá' } });
    expect(body.items.map(({ phone }) => phone)).toEqual(['+5519912345678']);
    // What is given with the file goes first.
    const other = await importFile(ana, 'nome,telefone\nBia Alves,91234-0000\n', { areaCode: '21' });
    expect(other).toMatchObject({ areaCode: '21', completedPhones: 1 });
  });

  it('is one that exists, and the proposed professional is one who has clients', async () => {
    await expect(setClinic({ areaCode: '20' })).rejects.toMatchObject({
      problem: { errors: [{ path: 'areaCode', code: 'invalid_area_code' }] },
    });
    const carla = await server.signIn('carla@ddd.test');
    const bruno = await server.signIn('bruno@ddd.test');
    await expect(setClinic({ defaultProfessionalId: carla.professionalId })).rejects.toMatchObject({
      problem: { errors: [{ path: 'defaultProfessionalId', code: 'professional_not_found' }] },
    });
    await setClinic({ defaultProfessionalId: bruno.professionalId });
    expect((await carla.api('GET /clinic')).body).toMatchObject({
      areaCode: '19',
      defaultProfessionalId: bruno.professionalId,
    });
  });
});
