import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';

const lines = (...parts: readonly string[]): string => parts.join('\r\n') + '\r\n';

const iphone = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Apple Inc.//iPhone OS 18.1//EN',
  'N:Souza Lima;Ana Maria;;Dra.;',
  'FN:Dra. Ana Maria Souza Lima',
  'ORG:Clínica Sol;',
  'TITLE:Dentista',
  'NICKNAME:Aninha',
  'item1.EMAIL;type=INTERNET;type=pref:ana@exemplo.com',
  'TEL;type=HOME;type=VOICE:+55 11 3333-4444',
  'TEL;type=CELL;type=VOICE;type=pref:+55 11 98765-0001',
  'item2.TEL:+55 11 98765-0002',
  'item2.X-ABLabel:Mãe',
  'item3.ADR;type=HOME;type=pref:;;Rua das Flores\\, 123\\nJardim Paulista;São Pa',
  ' ulo;SP;01310-100;Brasil',
  'item3.X-ABADR:br',
  'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-10',
  'NOTE:Alergia\\, látex\\nliga',
  ' r à tarde',
  'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
  ' SkZJRg==',
  'CATEGORIES:Pilates\\, manhã,VIP',
  'END:VCARD',
);

const android = lines(
  'BEGIN:VCARD',
  'VERSION:2.1',
  'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4C=6F=70=65=73;=52=69=74=61=20=64=65=20=43=C3=A1=',
  '=73=73=69=61;;;',
  'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=52=69=74=61',
  'TEL;HOME:1133334445',
  'TEL;CELL:+5511987650003',
  'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=C3=A3=65):11987650004',
  'BDAY:19840307',
  'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ri;1;;;;;;;;;;;;;',
  'NOTE;ENCODING=QUOTED-PRINTABLE:=4C=0D=0A=4D',
  'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD',
  ' AAAA',
  '',
  'END:VCARD',
);

const google = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Caio Prado',
  'N:Prado;Caio;;;',
  'EMAIL;TYPE=INTERNET;TYPE=HOME:caio@exemplo.com',
  'EMAIL;TYPE=INTERNET;TYPE=WORK:caio@trabalho.com',
  'TEL;TYPE=CELL:(11) 98765-0010',
  'BDAY:--0310',
  'item1.URL:https\\://exemplo.com',
  'item1.X-ABLabel:PROFILE',
  'CATEGORIES:myContacts',
  'END:VCARD',
);

const outlook = lines(
  'BEGIN:VCARD',
  'VERSION:2.1',
  'N;LANGUAGE=pt-br:Conceição;João',
  'FN:João Conceição',
  'ORG:Padaria Sul;Vendas',
  'TEL;WORK;VOICE:(11) 3333-5555',
  'TEL;WORK;FAX:(11) 3333-5556',
  'TEL;CELL;VOICE:(11) 98765-0020',
  'ADR;WORK;PREF:;;Av. Brasil, 1000;Campinas;SP;13010-000;Brasil',
  'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
  'EMAIL;PREF;INTERNET:joao@exemplo.com',
  'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0"></card>',
  'REV:20240101T120000Z',
  'END:VCARD',
);

const nokia = [
  'BEGIN:VCARD',
  'VERSION:2.1',
  'N:Zé da Padaria',
  'TEL;PREF;CELL;VOICE:011987650030',
  'END:VCARD',
  '',
].join('\r');

const only = async (content: string | Buffer) => {
  const { taken, refused } = await readFile(content);
  expect(refused).toEqual([]);
  expect(taken).toHaveLength(1);
  return taken[0];
};

describe('a vCard file', () => {
  it('comes from an iPhone: own labels, folded lines, a birthday without a year, a picture', async () => {
    expect(await only(iphone)).toMatchObject({
      line: 1,
      values: {
        firstName: 'Ana Maria',
        lastName: 'Souza Lima',
        profession: 'Dentista',
        notes: 'Alergia, látex\nligar à tarde',
        email: 'ana@exemplo.com',
        phone: '+5511987650001',
        secondaryPhone: '+551133334444',
        'address.street': 'Rua das Flores',
        'address.number': '123',
        'address.neighborhood': 'Jardim Paulista',
        'address.city': 'São Paulo',
        'address.state': 'SP',
        'address.postalCode': '01310100',
      },
      tags: ['Pilates, manhã', 'VIP'],
      extra: {
        'Name Prefix': 'Dra.',
        Nickname: 'Aninha',
        'Organization Name': 'Clínica Sol',
        Birthday: '--03-10',
        'Phone 3 - Value': '+55 11 98765-0002',
        'Phone 3 - Label': 'Mãe',
      },
    });
  });

  it('comes from an old Android: quoted-printable with soft line breaks, bare types, a label of its own', async () => {
    const row = await only(android);
    expect(row?.values).toEqual({
      firstName: 'Rita de Cássia',
      lastName: 'Lopes',
      dateOfBirth: '1984-03-07',
      notes: 'L\r\nM',
      phone: '+5511987650003',
      secondaryPhone: '+551133334445',
    });
    expect(row?.extra).toMatchObject({ Nickname: 'Ri', 'Phone 3 - Label': 'Mãe' });
  });

  it('comes from Google: several e-mails, groups of its own, a birthday by ISO 8601', async () => {
    const row = await only(google);
    expect(row).toMatchObject({
      values: { firstName: 'Caio', lastName: 'Prado', email: 'caio@exemplo.com', phone: '+5511987650010' },
      extra: { 'E-mail 2 - Value': 'caio@trabalho.com', Birthday: '--03-10', Website: 'https://exemplo.com' },
    });
    expect(row?.tags).toBeUndefined();
  });

  it('comes from Outlook in Latin-1: the mobile first, a fax that is no phone, a street with its number', async () => {
    const row = await only(Buffer.from(outlook, 'latin1'));
    expect(row?.values).toEqual({
      firstName: 'João',
      lastName: 'Conceição',
      email: 'joao@exemplo.com',
      phone: '+5511987650020',
      secondaryPhone: '+551133335555',
      'address.street': 'Av. Brasil',
      'address.number': '1000',
      'address.city': 'Campinas',
      'address.state': 'SP',
      'address.postalCode': '13010000',
    });
    expect(row?.extra).toEqual({ 'Organization Name': 'Padaria Sul - Vendas', FAX: '(11) 3333-5556' });
  });

  it('comes from an old Nokia: one name alone, line ends of a carriage return', async () => {
    expect(await only(Buffer.from(nokia, 'latin1'))).toMatchObject({
      values: { firstName: 'Zé', lastName: 'da Padaria', phone: '+5511987650030' },
      splitName: true,
    });
  });

  it('holds vCard 4.0 and firms, and many people in one file', async () => {
    const firm = lines(
      'begin:vcard',
      'VERSION:4.0',
      'KIND:org',
      'FN:Farmácia Bela Ltda',
      'ORG:Farmácia Bela Ltda',
      'TEL;VALUE=uri;TYPE="voice,cell";PREF=2:tel:+55-11-98765-0005;ext=1',
      'TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+55-11-98765-0006',
      'GENDER:F',
      'end:vcard',
    );
    const { taken } = await readFile(google + firm + nokia.replaceAll('\r', '\n'));
    expect(taken.map(({ line, values }) => [line, values.firstName, values.phone])).toEqual([
      [1, 'Caio', '+5511987650010'],
      [13, 'Farmácia', '+5511987650006'],
      [22, 'Zé', '+5511987650030'],
    ]);
    expect(taken[1]?.extra ?? {}).not.toHaveProperty('Organization Name');
  });

  it.each<[name: string, bytes: Buffer]>([
    ['UTF-8 with its mark', Buffer.from(`\ufeff${google}`)],
    ['UTF-16', Buffer.from(`\ufeff${google}`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(google, 'utf16le')],
    ['blank lines before it', Buffer.from(`\n \r\n${google}`)],
    ['small letters', Buffer.from(google.replaceAll('VCARD', 'vCard'))],
    ['line ends of \\n', Buffer.from(google.replaceAll('\r', ''))],
  ])('is recognised by what it holds: %s', async (_, bytes) => {
    expect(await only(bytes)).toMatchObject({ values: { firstName: 'Caio', email: 'caio@exemplo.com' } });
  });

  it('tells cards that do not end by their line, and takes those around them', async () => {
    const half = lines('BEGIN:VCARD', 'VERSION:3.0', 'FN:Incompleta');
    const { taken, refused } = await readFile(google + half + google + half);
    expect(taken).toHaveLength(2);
    expect(refused.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
      [13, 'unfinished_card'],
      [28, 'unfinished_card'],
    ]);
    expect((await readFile(`${google}FN:Sem começo\r\nEND:VCARD\r\n`)).refused).toMatchObject([
      { line: 13, problems: [{ code: 'unfinished_card' }] },
    ]);
  });

  it('keeps a card within another, of an assistant, apart', async () => {
    const agent = google.replace(
      'END:VCARD',
      lines('AGENT:', 'BEGIN:VCARD', 'FN:Outra', 'TEL:11987650099', 'END:VCARD') + 'END:VCARD',
    );
    expect(await only(agent)).toMatchObject({ values: { firstName: 'Caio', phone: '+5511987650010' } });
  });

  it('keeps what begins like a formula or with an apostrophe as it is', async () => {
    const row = await only(lines('BEGIN:VCARD', "N:'=x;Ana", 'TEL:11987650001', 'END:VCARD'));
    expect(row?.values.lastName).toBe("'=x");
  });

  it('refuses a letter that was lost, and an empty file', async () => {
    const lost = lines(
      'BEGIN:VCARD',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E3=28;Ana',
      'TEL:11987650001',
      'END:VCARD',
    );
    expect((await readFile(lost)).refused).toMatchObject([{ problems: [{ code: 'damaged_text' }] }]);
    await expect(readFile(lines('BEGIN:VCARD', 'VERSION:3.0', 'END:VCARD'))).rejects.toMatchObject({
      code: 'empty_file',
    });
  });

  it('bounds a card: its text, its properties, and the columns of all', async () => {
    const card = (...inner: string[]) => lines('BEGIN:VCARD', 'N:Longa;Ana', 'TEL:11987650001', ...inner, 'END:VCARD');
    const tooLong = [
      card(`NOTE:${'x'.repeat(200_000)}`),
      card('NOTE:x', ...Array.from({ length: 3000 }, () => ` ${'y'.repeat(70)}`)),
      card(...Array.from({ length: 600 }, (_, index) => `X-A${String(index % 5)}:v`)),
    ];
    for (const content of tooLong)
      expect((await readFile(content)).refused).toMatchObject([{ line: 1, problems: [{ code: 'card_too_long' }] }]);
    const names = Array.from({ length: 600 }, (_, index) => card(`X-A${String(index)}:v`));
    await expect(readFile(names.join(''))).rejects.toMatchObject({ code: 'too_many_columns' });
    // Pictures are skipped: a card with one of any size is accepted.
    const picture = card(
      `PHOTO;ENCODING=b:${'A'.repeat(300_000)}`,
      ...Array.from({ length: 5000 }, () => ` ${'A'.repeat(75)}`),
    );
    expect((await readFile(picture)).taken).toHaveLength(1);
  });

  it('takes time in proportion to its bytes, whatever they are', async () => {
    const wrap = (inner: string) => `BEGIN:VCARD\nN:Longa;Ana\nTEL:11987650001\n${inner}\nEND:VCARD\n`;
    const hostile = (size: number) => [
      wrap('NOTE;ENCODING=QUOTED-PRINTABLE:=\n' + '=41=\n'.repeat(size / 5)),
      wrap('NOTE:x\n' + ' \n'.repeat(size / 2)),
      wrap('NOTE:x' + '\n '.repeat(size / 2)),
      wrap('ADR:' + ';'.repeat(size)),
      wrap('TEL;' + 'TYPE="'.repeat(size / 6)),
      wrap('CATEGORIES:' + '\\,'.repeat(size / 2)),
      'BEGIN:VCARD\n'.repeat(size / 12),
      wrap('A\r'.repeat(size / 2)),
    ];
    // In milliseconds of the processor, which stay the same while other programs are busy.
    const timeOf = async (content: string): Promise<number> => {
      const start = process.cpuUsage();
      await readFile(content).catch(() => undefined);
      return process.cpuUsage(start).user / 1000;
    };
    const [small, large] = [hostile(10_000), hostile(40_000)];
    for (const [index, content] of large.entries()) {
      const base = Math.max(20, await timeOf(small[index] ?? ''));
      // Four times the bytes: quadratic time would take sixteen times as long.
      expect(Math.min(await timeOf(content), await timeOf(content)) / base, String(index)).toBeLessThan(12);
    }
  });
});
