import { foldText } from '../../../../../shared/fold-text.ts';
import { isBlank, type TableRecord } from '../records/records.ts';

/** What lists are of. */
const things =
  '(?:registros?|pacientes?|clientes?|linhas?|itens|cadastros?|pessoas|contatos?|records|rows|clients|patients|contacts)';

/** Folded lines that programs print below a list: totals, page numbers, date and author. */
const footer = new RegExp(
  [
    '^(?:sub ?)?tota(?:l|is)(?: (?:geral|parcial|final|de|do|da|dos|das|of)\\b[^\\d]{0,40})?[\\s:=.-]{0,4}[\\d.]{0,12}$',
    '^(?:soma|quantidade|qtde?|contagem|numero|n[ºo°]?\\.?)(?: (?:total|geral|de|do|da|dos|das)\\b[^\\d]{0,40})?[\\s:=.-]{0,4}[\\d.]{1,12}$',
    `^(?:sub ?)?tota(?:l|is)(?: (?:geral|parcial|final|de|do|da|dos|das|of))?[\\s:=.-]{0,4}[\\d.]{1,12} ${things}\\.?$`,
    `^(?:sub ?)?total ${things}(?: [a-z]{1,12})?[\\s:=.-]{1,4}[\\d.]{1,12}$`,
    `^(?:qtde?\\.|count|row count|quantity|number of ${things})(?: (?:total|de|of) ?(?:${things})?| ${things})?[\\s:=.-]{1,4}[\\d.]{1,12}$`,
    `^\\([\\d.]{1,12} ${things}\\)$`,
    '^(?:soma|\\d{1,6} ?/ ?\\d{1,6})$',
    '^[\\d.]{1,12} (?:registros?|pacientes?|clientes?|linhas?|itens|cadastros?|pessoas|records|rows)(?: (?:no total|encontrad[oa]s|listad[oa]s|found))?\\.?$',
    '^(?:registros?|pacientes?|clientes?|linhas|itens|cadastros)(?: [a-z]{1,12})?[\\s:=]{1,4}[\\d.]{1,12}$',
    '^(?:pagina|pag\\.?|page|folha|pg\\.?) ?:? ?\\d{1,6}(?: ?(?:de|/|of) ?\\d{1,6})?$',
    '^\\W{0,10}(?:fim|final|termino|end)(?: (?:do|da|dos|de|of)(?: the)? [a-z ]{1,30})?\\W{0,10}$',
    '^(?:relatorio |lista |listagem )?(?:emitid|gerad|impress|extraid|exportad)[oa] (?:em|por|as|pelo|no|na)\\b.{0,120}$',
    '^(?:data|hora)(?: e hora)? (?:de|da) (?:emissao|impressao|geracao|exportacao)\\b.{0,80}$',
    '^(?:generated|printed|exported) (?:on|by|at)\\b.{0,120}$',
    '^(?:continua|continuacao)(?: na proxima pagina)?\\W{0,5}$',
  ].join('|'),
);

/** The most characters of a footer. */
const longest = 160;
/** Other cells that a footer may have: a count, a date, punctuation. */
const beside = /^[\d\s.,:/%R$-]{0,20}$/;

/** Whether a row is not a client but a line that a program printed below a list or between its pages. */
export function isFooter(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first = '', ...others] = filled;
  if (first.length > longest || others.length > 4) return false;
  return footer.test(foldText(first).replace(/\s+/g, ' ')) && others.every((cell) => beside.test(cell));
}

/** Whether a record repeats the header, as on top of every page. */
export function isHeaderAgain(record: TableRecord, header: readonly string[]): boolean {
  if (isBlank(record)) return false;
  return record.cells.every((cell, index) => cell.trim() === (header[index] ?? '').trim());
}
