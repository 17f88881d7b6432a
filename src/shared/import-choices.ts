/** The choices that an import offers, on the command line and over HTTP. */

/** `utf-8-mixed`: UTF-8 with some lines in Windows-1252; `utf-8-twice`: UTF-8 that was read as Windows-1252 and saved as UTF-8 again. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'ibm850',
  'macintosh',
  'utf-8-mixed',
  'utf-8-twice',
] as const;
export type Encoding = (typeof encodings)[number];

/** What comes first in a date such as 03/04/1990. */
export const dateOrders = ['day', 'month'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What an import does with a row whose phone or e-mail belongs to a client who may be another person. */
export const conflictChoices = ['skip', 'update', 'create'] as const;
export type OnConflict = (typeof conflictChoices)[number];
