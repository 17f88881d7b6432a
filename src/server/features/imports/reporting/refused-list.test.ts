import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../../../../shared/import-choices.ts';
import type { StoredImport } from '../stored/import-queries.ts';
import { rejectedCsv } from './rejected-csv.ts';
import { readFile } from '../testing/read-file.ts';

/** The downloadable list of rejected rows of a file. */
async function listOf(content: string, chosen?: DateOrder) {
  const { refused, dateOrder, delimiter } = await readFile(content, chosen);
  const columns = (content.split('\r\n')[0] ?? '')
    .split(delimiter ?? ';')
    .slice(0, width(content))
    .map((header) => ({ header }));
  const saysOrder = chosen !== undefined || dateOrder === 'month';
  const stored = { header: { columns, delimiter, dateOrder, saysOrder } } as unknown as StoredImport;
  const rejects = refused.map((row) => ({ ...row, kind: 'rejected' as const, clientId: undefined }));
  const pageAfter = (after: number) => Promise.resolve(after < 0 ? { page: 0, rejects } : undefined);
  let text = '';
  for await (const line of rejectedCsv(pageAfter, stored, 'pt-BR')) text += line;
  return { text, reasons: refused.map(({ problems }) => problems.map(({ code }) => code)) };
}

/** Columns of the file itself. */
const width = (content: string): number =>
  (content.split('\r\n')[0] ?? '').replace(/;Linha do arquivo.*$/, '').split(';').length;

const file = [
  'Nome;Telefone;Nascimento;Obs',
  'Ana;x;;',
  'à tarde',
  'Bia;(11) 98765-0001;;;a mais',
  'Caio;"(11) 98765-0002;;',
  'Davi;"(11)" 98765-0003;;',
  "'=1;y;;'=2",
  '=1+1;z;;a;b',
  'Total;3;;',
  'Eva;(11) 98765-0004;31/02/1990;',
].join('\r\n');

describe('a list of refused rows', () => {
  it('is refused again as it is, row for row and for the same reasons, however often', async () => {
    const first = await listOf(file);
    expect(first.reasons).toHaveLength(9);
    const second = await listOf(first.text.replace('\ufeff', ''));
    expect(second.reasons).toEqual(first.reasons);
    const third = await readFile(second.text);
    expect(third.taken).toEqual([]);
    expect(third.refused.map(({ problems }) => problems.map(({ code }) => code))).toEqual(first.reasons);
    expect(third.refused.map(({ cells }) => cells)).toEqual((await readFile(file)).refused.map(({ cells }) => cells));
  });

  it('says in which order its dates were, which the rows that are left may not show', async () => {
    const dates = (...days: readonly string[]) => ['Nome;Nascimento', ...days.map((day) => `Ana;${day}`)].join('\r\n');
    for (const [content, order] of [
      [dates('05/13/1980', '03/04/1990'), 'day'],
      [dates('13/05/1980', '03/04/1990'), 'month'],
    ] as const) {
      const { text, reasons } = await listOf(content, order);
      expect(reasons).toEqual([['invalid_date']]);
      const again = await readFile(text);
      expect([again.taken.length, again.refused.length]).toEqual([0, 1]);
    }
  });

  it('is taken once it is corrected', async () => {
    const { text } = await listOf('Nome;Telefone\r\nAna;1\r\nBia\r\n');
    const corrected = text.replace('Ana;1;', 'Ana;(11) 98765-0001;').replace('Bia;;', 'Bia;(11) 98765-0002;');
    expect((await readFile(corrected)).taken).toMatchObject([
      { values: { firstName: 'Ana' } },
      { values: { firstName: 'Bia' } },
    ]);
  });
});
