/** How much of the machine a file may use: enough for any real client list, not for a decompression bomb. */
export const limits = {
  /** Bytes of a file; a million clients are about 180 MB. */
  fileBytes: 512 * 1024 * 1024,
  /** Characters between two line breaks outside quotes, and of one quoted record. */
  recordLength: 1024 * 1024,
  /** Characters of one quoted cell: longer means that its closing quote is missing. */
  cellLength: 128 * 1024,
  columns: 512,
  /** Cards of a vCard file, and properties and characters of one, without its pictures. */
  cards: 2_000_000,
  cardProperties: 500,
  cardLength: 256 * 1024,
  /** Bytes of a workbook as a whole after decompression, and characters that its cells may add up to. */
  unfoldedBytes: 1024 * 1024 * 1024,
  /** Characters of all the texts that cells of a workbook share, and what each takes up besides. */
  sharedTexts: 64 * 1024 * 1024,
  sharedTextCost: 24,
  /** Files within a workbook, and its sheets. */
  entries: 10_000,
  sheets: 1000,
  /** Of all XML that is read of a workbook. */
  elements: 80_000_000,
  /** Of one element, and elements around it. */
  attributes: 100,
  depth: 100,
  /** Formats of cells; Excel allows 65,490. */
  styles: 65_536,
  /** Rows of a sheet of Excel. */
  sheetRows: 1_048_576,
} as const;
