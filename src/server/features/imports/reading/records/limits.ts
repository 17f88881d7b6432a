/** Limits for files: enough for any real client list, too little for a decompression bomb. */
export const limits = {
  /** Bytes of a file. A million clients are about 180 MB. */
  fileBytes: 512 * 1024 * 1024,
  /** Characters of a record. */
  recordLength: 1024 * 1024,
  /** Characters of a quoted cell; a longer one means that the closing quote is missing. */
  cellLength: 128 * 1024,
  columns: 512,
  /** Cards of a vCard file; properties, and characters without pictures, of a card. */
  cards: 2_000_000,
  cardProperties: 500,
  cardLength: 256 * 1024,
  /** Bytes of a decompressed workbook, and characters of all its cells together. */
  unfoldedBytes: 1024 * 1024 * 1024,
  /** Characters of all shared texts of a workbook; each text counts `sharedTextCost` more, for its overhead. */
  sharedTexts: 64 * 1024 * 1024,
  sharedTextCost: 24,
  /** Files within a workbook; its sheets. */
  entries: 10_000,
  sheets: 1000,
  /** XML elements of a workbook. */
  elements: 80_000_000,
  /** Attributes of an element; nesting of elements. */
  attributes: 100,
  depth: 100,
  /** Cell formats; Excel allows 65,490. */
  styles: 65_536,
  /** Rows of a sheet, as in Excel. */
  sheetRows: 1_048_576,
} as const;
