import { type ByteSource, firstBytes } from './records/source.ts';

// How files begin that people upload by mistake: PDF reports, pictures, other archives, and web pages, which much practice
// software saves under the name of a workbook.
const beginnings =
  // oxlint-disable-next-line no-control-regex -- gzip begins with one
  /^(?:%PDF-|\x89PNG|GIF8|\xff\xd8\xff|\{\\rtf|Rar!|7z\xbc\xaf|\x1f\x8b|SQLite format 3|(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|meta|style|table)\b)/i;

/** Whether the first bytes show that a file is neither text with columns nor a workbook. */
export const isSomethingElse = async (source: ByteSource): Promise<boolean> =>
  beginnings.test((await firstBytes(source, 256)).toString('latin1'));
