import type { Encoding } from '../../../../../shared/import-choices.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';
import { type ByteSource, firstBytes } from '../records/source.ts';
import { openText } from '../text/text-source.ts';
import { readCards } from './vcard-cards.ts';
import { cellsOf, CardColumns } from './vcard-columns.ts';

const begin = 'BEGIN:VCARD';
const looked = 4096;

/** Whether a file begins like a vCard, in any encoding, perhaps after blank lines. */
export async function isVcard(source: ByteSource): Promise<boolean> {
  const bytes = await firstBytes(source, looked);
  // In UTF-16 every second byte is NUL.
  const text = Buffer.from(bytes.filter((byte) => byte !== 0))
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart();
  return text.slice(0, begin.length).toUpperCase() === begin && /^(?:\s|$)/.test(text.slice(begin.length, looked));
}

/** Opens a vCard file as a table with the columns of Google Contacts. Throws FileProblem. */
export async function openVcards(
  source: ByteSource,
  chosen: Encoding | undefined,
): Promise<{
  readonly encoding: Encoding;
  readonly header: TableRecord;
  readonly records: AsyncIterable<readonly TableRecord[]>;
}> {
  const { encoding, read } = await openText(source, chosen);
  const columns = new CardColumns();
  for await (const cards of readCards(read())) for (const card of cards) columns.see(card);
  if (columns.isEmpty) throw new FileProblem('empty_file');
  const { header } = columns;
  async function* records(): AsyncGenerator<readonly TableRecord[]> {
    for await (const cards of readCards(read()))
      yield cards.map((card): TableRecord => {
        const { line, broken } = card;
        if (broken !== undefined) return { line, cells: [broken.text], broken: { code: broken.code, column: 0 } };
        const cells = cellsOf(card);
        return { line, cells: header.map((name) => cells.get(name) ?? '') };
      });
  }
  return { encoding, header: { line: 1, cells: header }, records: records() };
}
