import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';

const people = (dates: readonly string[]): string =>
  ['Nome;Telefone;Nascimento', ...dates.map((date) => `Ana;(11) 98765-4321;${date}`)].join('\r\n');

/** The date of each row, undefined without one, or the code of its problem. */
async function datesOf(...dates: readonly string[]) {
  const { rows } = await readFile(people(dates));
  return rows.map((row) => ('problems' in row ? row.problems[0]?.code : row.values.dateOfBirth));
}

describe('a date of birth', () => {
  it.each([
    ['1985-02-12', '12-Feb-85', '12/fev/1985', '12 FEB 1985', 'Feb 12, 1985', '12-feb.-85', '12FEB1985', 'Feb-12-1985'],
    ['1981-11-01', '01 NOV 1981', '1º de novembro de 1981', '1 de noviembre de 1981', 'November 1st, 1981'],
    ['1980-12-31', 'Dec 31, 1980', 'December 31, 1980', 'quarta-feira, 31 de dezembro de 1980', '31-dez-80'],
    [
      '1980-12-31',
      'Qua 31/12/1980',
      'Wed, 31 Dec 1980',
      'qua, 31 de dez. de 1980',
      '31 de diciembre de 1980',
      '1980-Dec-31',
    ],
    ['1979-05-05', '5 May 1979', '5 mayo 1979', '5/mai/79', '05 MAI 1979', '5/5/1979 12:00:00 AM'],
    ['2001-08-15', '15-Aug-2001', '15-ago-2001', 'sábado, 15 de agosto de 2001', 'Aug. 15 2001'],
    ['1984-03-07', '7 de março de 1984', '07.03.84', '7/3/84', '1984.03.07', '19840307', '07031984', '7031984'],
    [
      '1984-03-07',
      '07-03-1984 00:00',
      '07/03/1984 0:00:00',
      '1984-03-07T03:00:00.000Z',
      '30748',
      '30747.9999999998',
      '30747,9999999998',
    ],
    ['1984-03-07', 'mar 7, 1984', 'Mar-7-84', '7 mar 1984', '07‑03‑1984', '\u200e07/03/1984\u200f', '07/03/1984\u00a0'],
  ])('of %s is read from every spelling of it', async (date, ...spellings) => {
    expect(await datesOf(...spellings)).toEqual(spellings.map(() => date));
  });

  it.each(['31-Sep-1980', '31/02/1990', '5 de maço de 1980', '1980', '32/13/1980', '070384x', 'a'.repeat(500)])(
    'that does not exist is refused: %s',
    async (text) => {
      expect(await datesOf(text)).toEqual(['invalid_date']);
    },
  );

  it.each([
    '0',
    '1',
    '2',
    '30/12/1899',
    '31/12/1899',
    '01/01/1900',
    '00/01/1900',
    '01/01/0001',
    '0000-00-00',
    '00/00/0000',
    '1899-12-30 00:00:00',
    '01/01/1753',
    '1900-01-01T00:00:00',
    '0001-01-01T00:00:00',
    '01/01/1901',
    '12/30/1899',
    '30-dez-1899',
    '1601-01-01',
    '0/0/00',
    'NULL',
    '\\N',
    'nan',
    '#N/D',
    '-',
  ])('is not what a program writes for none: %s', async (text) => {
    expect(await datesOf(text, '05/03/1980')).toEqual([undefined, '1980-03-05']);
  });
});

describe('the order of day and month', () => {
  const usa = ['12/31/1980', '05/14/1975', '03/04/1990', '07/08/1962', '11/25/2001'];
  const read = ['1980-12-31', '1975-05-14', '1990-03-04', '1962-07-08', '2001-11-25'];

  it('is one for the whole column, wherever the date stands that shows it', async () => {
    expect(await datesOf(...usa)).toEqual(read);
    expect(await datesOf(...usa.toReversed())).toEqual(read.toReversed());
    const ambiguous = Array.from({ length: 50_000 }, () => '03/04/1990');
    const { taken, dateOrder } = await readFile(people([...ambiguous, '12/31/1980']));
    expect(dateOrder).toBe('month');
    expect(new Set(taken.slice(0, -1).map(({ values }) => values.dateOfBirth))).toEqual(new Set(['1990-03-04']));
  });

  it('is Brazil’s where nothing shows another', async () => {
    expect(await datesOf('03/04/1990', '07/08/1962')).toEqual(['1990-04-03', '1962-08-07']);
  });

  it('is asked for where the column has both, and then holds for all of it', async () => {
    const both = people(['13/05/1980', '03/04/1990', '05/13/1980']);
    await expect(readFile(both)).rejects.toMatchObject({ code: 'mixed_dates', line: 4 });
    await expect(readFile(people(['03/04/1990', '05/13/1980', '13/05/1980']))).rejects.toMatchObject({
      code: 'mixed_dates',
    });
    const { rows } = await readFile(both, 'day');
    expect(rows.map((row) => ('problems' in row ? row.problems[0]?.code : row.values.dateOfBirth))).toEqual([
      '1980-05-13',
      '1990-04-03',
      'invalid_date',
    ]);
  });

  it('is not told by placeholders, and doubted where AM or PM stands in a Brazilian column', async () => {
    expect(await datesOf('30/12/1899', '03/04/1990', '12/31/1980')).toEqual([undefined, '1990-03-04', '1980-12-31']);
    expect(await datesOf('31/12/1980', '3/7/1984 12:00:00 AM')).toEqual(['1980-12-31', 'ambiguous_date']);
    expect(await datesOf('3/7/1984 12:00:00 AM', '12/31/1980 12:00:00 AM')).toEqual(['1984-03-07', '1980-12-31']);
  });
});
