/** What whoever imports a file may choose, in the command line and over HTTP. */

/** How bytes become text. `utf-8-mixed`: UTF-8 where some lines are Windows-1252; `utf-8-twice`: UTF-8 that was taken for Windows-1252 once and saved again. */
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

/** What becomes of a row whose phone or e-mail is that of a client who may be another person. */
export const conflictChoices = ['skip', 'update', 'create'] as const;
export type OnConflict = (typeof conflictChoices)[number];
