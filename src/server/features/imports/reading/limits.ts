/** How much of the machine a file may use: enough for any real client list, not for a decompression bomb. */
export const limits = {
  /** Bytes of a file; a million clients are about 180 MB. */
  fileBytes: 512 * 1024 * 1024,
  /** Characters between two line breaks outside quotes, and of one quoted record. */
  recordLength: 1024 * 1024,
  /** Characters of one quoted cell: longer means that its closing quote is missing. */
  cellLength: 128 * 1024,
  columns: 512,
  /** Bytes of a workbook after decompression. */
  unfoldedBytes: 1024 * 1024 * 1024,
  /** Characters of all the texts that cells of a workbook share. */
  sharedTexts: 64 * 1024 * 1024,
} as const;
