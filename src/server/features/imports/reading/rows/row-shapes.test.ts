import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';

const namesOf = (rows: readonly { readonly values: { readonly firstName?: string } }[]) =>
  rows.map(({ values }) => values.firstName);

describe('rows', () => {
  it('may leave out empty cells at their end, as spreadsheets do from some row on', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => {
      const row = `Ana${String(at)};;(11) 9${String(7000 + at)}-1007;c${String(at)}@exemplo.com.br;Campinas`;
      return at < 16 ? `${row};${at % 2 === 0 ? 'à tarde' : ''}` : row;
    });
    const { taken, refused } = await readFile(['Nome;CPF;Telefone;E-mail;Cidade;Observações', ...lines].join('\r\n'));
    expect([taken.length, refused.length]).toEqual([40, 0]);
  });

  it.each(['   ', '\u00a0', '\u200b\u2060', '\u3164', '\u2800'])(
    'have nothing in cells in which nothing can be seen: %j',
    async (empty) => {
      const header = 'Nome;CPF;Telefone;E-mail;Nascimento;CEP;UF;Cidade;Profissão;Observações;Cor';
      const cells = Array(10).fill(empty).join(';');
      const { rows } = await readFile(
        [header, `Ana;${cells}`, `Bia ${empty};${cells}`, `${empty};${cells}`].join('\n'),
      );
      const read = rows.map((row) => ('problems' in row ? row.problems : [row.values, row.extra]));
      expect(read.slice(0, 2)).toEqual([
        [{ firstName: 'Ana' }, undefined],
        [{ firstName: 'Bia' }, undefined],
      ]);
      // A line of spaces is none; one of other signs is nobody's.
      expect([[], [[{}, undefined]]]).toContainEqual(read.slice(2));
    },
  );

  it('are refused with too many cells, with a quote that never closes, and with nothing but what may be a rest of a text', async () => {
    const { refused } = await readFile(
      ['Nome;Telefone;Obs', 'Ana;(11) 98765-0001;a;b', 'à tarde', 'Bia;"(11) 98765-0002;x'].join('\r\n'),
    );
    expect(refused.map(({ problems }) => problems[0]?.code)).toEqual([
      'surplus_cells',
      'missing_cells',
      'unclosed_quote',
    ]);
  });

  it.each([
    'Total;2;;',
    'Total de registros: 2;;;',
    'Total de pacientes: 2;;;',
    'TOTAL GERAL;1.234;;',
    'Subtotal;;;',
    'Total;',
    'Página 1 de 1;;;',
    'Pág. 2/3',
    'Page 2 of 3;;;',
    'Fim do relatório;;;',
    '*** FIM ***;;;',
    '2 registros;;;',
    'Registros: 2',
    'Quantidade de clientes: 2;;;',
    'Emitido em 05/03/2024 10:00 por Maria;;;',
    'Relatório gerado pelo sistema X;;;',
    'Data de emissão: 05/03/2024',
    'Total: 12 clientes',
    'Total: 1 cliente;;;',
    'Total clientes: 12',
    'Total - 12 pacientes',
    'Qtde. de clientes: 3',
    'Total records: 5',
    'Count: 5',
    'Soma;;;',
    '(2 linhas)',
    '1 / 3',
  ])('that are totals or footers are no clients: %s', async (line) => {
    const { taken, refused } = await readFile(
      ['Nome;CPF;Telefone;Data de nascimento', 'Ana;;(11) 98765-0001;07/03/1984', line].join('\r\n'),
    );
    expect(namesOf(taken)).toEqual(['Ana']);
    expect(refused.map(({ problems }) => problems[0]?.code)).toEqual(['not_a_client']);
  });

  it('of people with such names are clients', async () => {
    const { taken } = await readFile(
      'Nome;Telefone\r\nTotal Silva;\r\nSoma Diniz;\r\nCount Silva;\r\nTotal;(11) 98765-0001\r\nPagina Silva;\r\nFinal Souza;\r\nMaria Total;\r\n',
    );
    expect(namesOf(taken)).toEqual(['Total', 'Soma', 'Count', 'Total', 'Pagina', 'Final', 'Maria']);
  });

  it('that repeat the header between two pages are left out', async () => {
    const { rows } = await readFile('Nome;Telefone\r\nAna;(11) 98765-0001\r\nNome;Telefone\r\nBia;(11) 98765-0002\r\n');
    expect(rows).toHaveLength(2);
  });

  it('come below the row with the most known names, whatever the titles above say', async () => {
    const title = [
      'Cliente;;',
      'Relatório de clientes;;',
      'Nome;CPF;Telefone',
      'Raul Tdez;703.000.006-42;(11) 98765-7911',
    ];
    expect((await readFile(title.join('\r\n'))).taken).toMatchObject([
      { values: { firstName: 'Raul', lastName: 'Tdez', document: '70300000642', phone: '+5511987657911' } },
    ]);
  });

  it('may be parted by bars', async () => {
    const { taken, delimiter } = await readFile('Nome|CPF|Telefone\r\nJoana Jardim|32000000150|(11) 98765-2001\r\n');
    expect(delimiter).toBe('|');
    expect(taken).toMatchObject([{ values: { document: '32000000150', phone: '+5511987652001' } }]);
  });

  it('are not read below names of columns that have lost letters', async () => {
    await expect(readFile('Nome;Telefone;Observa\ufffd\ufffdes\r\nAna;11987650001;x\r\n')).rejects.toMatchObject({
      code: 'damaged_header',
      column: 3,
    });
  });
});
