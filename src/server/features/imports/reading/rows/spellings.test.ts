import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';

async function firstOf(header: string, ...cells: readonly string[]) {
  const { rows } = await readFile(`${header}\r\n${cells.join(';')}\r\n`);
  return rows[0];
}

const seen = {
  document: '31000000052',
  phone: '+5511987651000',
  email: 'ana@exemplo.com.br',
  'address.postalCode': '01310100',
  dateOfBirth: '1984-03-07',
  'address.state': 'SP',
};
const header = 'Nome;CPF;Telefone;E-mail;CEP;Data de nascimento;UF';
const cells = ['310.000.000-52', '+55 11 98765-1000', 'ana@exemplo.com.br', '01310-100', '07/03/1984', 'SP'];

describe('a value with a format', () => {
  it.each([
    ['an embedding', '\u202a', '\u202c'],
    ['a mark of direction', '\u200e', '\u200f'],
    ['an isolate', '\u2068', '\u2069'],
    ['no-break spaces', '\u00a0', '\u202f'],
    ['spaces of no width', '\u200b', '\u2060'],
    ['joiners', '\u200d', '\u200c'],
    ['byte order marks', '\ufeff', '\ufeff'],
    ['a variation selector', '', '\ufe0e'],
    ['soft hyphens', '\u00ad', '\u00ad'],
    ['an ideographic space', '\u3000', ' '],
  ])('is what one sees within %s', async (_, before, after) => {
    const row = await firstOf(header, 'Ana', ...cells.map((cell) => before + cell + after));
    expect(row).toMatchObject({ values: seen });
  });

  it.each(Array.from('‐‑‒–—―−－﹣⁃'))('takes %s for a dash', async (dash) => {
    const row = await firstOf(header, 'Ana', ...cells.with(4, '07-03-1984').map((cell) => cell.replaceAll('-', dash)));
    expect(row).toMatchObject({ values: { ...seen, email: 'ana@exemplo.com.br' } });
  });

  it('is taken in wide digits, and names keep their joiners and dashes', async () => {
    const row = await firstOf('Nome;Telefone;Profissão', '👩‍👩‍👧 क्‍षि', '（１１）９８７６５－１０００', 'Técnica – júnior');
    expect(row).toMatchObject({
      values: { firstName: '👩‍👩‍👧', lastName: 'क्‍षि', phone: '+5511987651000', profession: 'Técnica – júnior' },
    });
  });

  it('stands within ="…" or behind an apostrophe, bare, quoted and in headers', async () => {
    const { taken } = await readFile(
      [
        '="Nome";="CPF";"=""Telefone""";CEP;RG;Data de nascimento',
        'Caio Camargo;="01200001133";="011987650201";="01310100";="00123456";="07/03/1984"',
        '"=""Dora Dantas""";"=""00900002263""";\'(11) 98765-0202;\'04001-000;="0099";="1990-12-01"',
        'Eva;="";="(11) 98765-0203";;="Livro ""A""";',
      ].join('\r\n'),
    );
    expect(taken.map(({ values }) => values)).toEqual([
      {
        firstName: 'Caio',
        lastName: 'Camargo',
        document: '01200001133',
        phone: '+5511987650201',
        'address.postalCode': '01310100',
        rg: '00123456',
        dateOfBirth: '1984-03-07',
      },
      {
        firstName: 'Dora',
        lastName: 'Dantas',
        document: '00900002263',
        phone: '+5511987650202',
        'address.postalCode': '04001000',
        rg: '0099',
        dateOfBirth: '1990-12-01',
      },
      { firstName: 'Eva', phone: '+5511987650203', rg: 'Livro "A"' },
    ]);
  });

  it('comes back whole from a number where nothing is lost, and is refused where digits are', async () => {
    const { rows } = await readFile(
      [
        'Nome;CPF;Telefone;CEP',
        'Abel;1200003268,00;11987653201,0;1310100,00',
        'Ana;1200003268.0;1,1987653201E+10;1310100.0',
        'Benta;5,29982E+10;(11) 98765-0001;1310100',
        'Caio;;1.19877e+10;1310100',
        'Dora;;11987653201,5;',
      ].join('\r\n'),
    );
    const whole = { document: '01200003268', phone: '+5511987653201', 'address.postalCode': '01310100' };
    expect(
      rows.map((row) => ('problems' in row ? row.problems.map(({ column, code }) => [column, code]) : row.values)),
    ).toEqual([
      { firstName: 'Abel', ...whole },
      { firstName: 'Ana', ...whole },
      [[2, 'rounded_number']],
      [[3, 'rounded_number']],
      [[3, 'invalid_phone']],
    ]);
  });
});

describe('nothing', () => {
  const nulls =
    'NULL null (null) \\N undefined NaN nan None #N/D #N/A #NOME? #REF! #VALOR! #DIV/0! - -- – N/A n/d'.split(' ');

  it.each(nulls)('is %s, in whatever field it stands', async (none) => {
    const fields = 'Nome;CPF;Telefone;E-mail;Profissão;Cidade;Nascimento;CEP;UF;Complemento';
    const row = await firstOf(fields, 'Ana', none, '(11) 98765-2901', none, none, none, none, none, none, none);
    expect(row).toMatchObject({ values: { firstName: 'Ana', phone: '+5511987652901' }, extra: undefined });
    expect(Object.keys((row as { values: object }).values)).toHaveLength(2);
  });

  it('is not what people are called, nor what is said about their health', async () => {
    const row = await firstOf('Nome;Sobrenome;Nº;Fator RH;Alergias', 'Nan', 'Null', 'S/N', '-', 'nenhuma');
    expect(row).toMatchObject({
      values: { firstName: 'Nan', lastName: 'Null', 'address.number': 'S/N' },
      extra: { 'Fator RH': '-', Alergias: 'nenhuma' },
    });
    expect(await firstOf('Nome;Telefone', 'NULL', '(11) 98765-2902')).toMatchObject({
      values: { phone: '+5511987652902' },
    });
  });
});
