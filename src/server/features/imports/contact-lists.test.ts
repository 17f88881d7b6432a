import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getClientByName, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

describe('a list of contacts', () => {
  it('comes as Google writes it: names in parts, several values in a cell, groups of its own', async () => {
    const { ana } = await openClinic();
    const header = [
      'First Name,Middle Name,Last Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value',
      'Phone 2 - Value,Address 1 - City,Address 1 - Region,Organization Title',
    ].join(',');
    const job = await importFile(
      ana,
      [
        header,
        'Rita,de Cássia,Lopes,1980-05-01,Joanete ::: * myContacts,* ,rita@exemplo.com,Mobile,+55 11 98765-0041,,Itu,SP,Atriz',
        'Davi,,Rocha,--05-10,* myContacts,,,,011 98765-0042 ::: 1133334442,,,,',
        'Otto,Luís,,,,,,,,11 98765-0043,,,',
      ].join('\n'),
    );
    expect(job).toMatchObject({ created: 3, rejected: 0 });
    const rita = await getClientByName(ana, 'Rita');
    expect(rita.extra).toEqual({});
    expect(rita).toMatchObject({
      lastName: 'de Cássia Lopes',
      dateOfBirth: '1980-05-01',
      tags: ['Joanete'],
      email: 'rita@exemplo.com',
      phone: '+5511987650041',
      address: { city: 'Itu', state: 'SP' },
      profession: 'Atriz',
    });
    expect(await getClientByName(ana, 'Davi')).toMatchObject({
      phone: '+5511987650042',
      secondaryPhone: '+551133334442',
      dateOfBirth: null,
      tags: [],
      extra: { Birthday: '--05-10' },
    });
    expect(await getClientByName(ana, 'Otto')).toMatchObject({ lastName: 'Luís', phone: '+5511987650043' });
  });

  it('changes no name that was divided at another place', async () => {
    const { ana } = await openClinic();
    await importFile(ana, 'nome;sobrenome;fone\nRita de Cássia;Lopes;11987650044\n');
    const parts = 'First Name,Middle Name,Last Name,Phone 1 - Value\nRita,de Cássia,Lopes,11987650044\n';
    expect(await importFile(ana, parts)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });

  it('says a whole name once, though its parts stand beside it', async () => {
    const { ana } = await openClinic();
    await importFile(ana, 'Nome completo,Segundo nome\nRita de Cássia Lopes,de Cássia\n');
    expect(await getClientByName(ana, 'Rita')).toMatchObject({
      lastName: 'de Cássia Lopes',
      extra: { 'Segundo nome': 'de Cássia' },
    });
  });

  it('has the mobile phone for the first, or else the other one', async () => {
    const { ana } = await openClinic();
    const rows = [
      'nome;CPF;telefone;celular',
      'Ada;;1133334451;11987650051',
      'Bia;52998224725;1133334452;',
      'Caio;;;11987650053',
      'Duda;;1133334454 / 11987650054;',
      'Enzo;;1133334455 / 1133334456;11987650055',
      'Flora;;11987650056;11987650056',
    ];
    const job = await importFile(ana, rows.join('\n'));
    expect(job.columns.map(({ meaning }) => meaning)).toEqual(['fullName', 'document', 'secondaryPhone', 'phone']);
    expect(job).toMatchObject({ created: 5, rejected: 1, problems: [{ line: 6, column: 3, code: 'too_many_phones' }] });
    const phones = async (name: string) => {
      const { phone, secondaryPhone } = await getClientByName(ana, name);
      return [phone, secondaryPhone];
    };
    expect(await phones('Ada')).toEqual(['+5511987650051', '+551133334451']);
    expect(await phones('Bia')).toEqual(['+551133334452', null]);
    expect(await phones('Caio')).toEqual(['+5511987650053', null]);
    expect(await phones('Duda')).toEqual(['+551133334454', '+5511987650054']);
    expect(await phones('Flora')).toEqual(['+5511987650056', null]);
    expect(await importFile(ana, rows.join('\n'))).toMatchObject({ created: 0, updated: 0, unchanged: 5 });

    const mapping = JSON.stringify({ celular: 'ignore' });
    const alone = await importFile(ana, 'nome;telefone;celular\nGil;1133334457;11987650057\n', {
      mapping,
      dryRun: 'true',
    });
    expect(alone.columns.map(({ meaning }) => meaning)).toEqual(['fullName', 'phone', 'ignore']);

    // A mobile phone that is already stored keeps its field.
    await importFile(ana, 'nome;CPF;celular\nBia;52998224725;11987650052\n');
    const again = await importFile(ana, rows.join('\n'));
    expect(again).toMatchObject({ created: 0, updated: 1, unchanged: 4 });
    expect(await phones('Bia')).toEqual(['+5511987650052', '+551133334452']);
  });

  it('takes the numbers of a cell that says whose they are, and keeps what it says', async () => {
    const { ana } = await openClinic();
    const file = 'nome;celular\nAda;(11) 98765-0061 (mãe)\nBia;11 3333-4461 ramal 12\nCaio;Ligar à noite\n';
    const job = await importFile(ana, file);
    expect(job).toMatchObject({
      created: 1,
      rejected: 2,
      problems: [{ line: 3, column: 2, code: 'invalid_phone' }, {}],
    });
    expect(await getClientByName(ana, 'Ada')).toMatchObject({
      phone: '+5511987650061',
      extra: { celular: '(11) 98765-0061 (mãe)' },
    });
    expect(await importFile(ana, file)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });

  it('takes the first e-mail of a cell, and keeps the others in it', async () => {
    const { ana } = await openClinic();
    const rows = [
      'nome,email',
      'Ada,ada@exemplo.com ::: casa@exemplo.com',
      'Bia,Bia <bia@exemplo.com>',
      'Caio,caio@ ; x@y',
    ];
    expect(await importFile(ana, rows.join('\n'))).toMatchObject({
      ...{ created: 2, rejected: 1 },
      problems: [{ line: 4, column: 2, code: 'invalid_email' }],
    });
    expect(await getClientByName(ana, 'Ada')).toMatchObject({
      email: 'ada@exemplo.com',
      extra: { email: 'ada@exemplo.com ::: casa@exemplo.com' },
    });
    expect(await getClientByName(ana, 'Bia')).toMatchObject({ email: 'bia@exemplo.com' });
  });
});
