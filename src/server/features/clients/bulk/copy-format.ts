const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escapeCopyValue = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return '\\N';
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign) : value;
};

/** Formats a row for COPY … FROM STDIN (PostgreSQL, COPY, text format). */
export const writeCopyRow = (values: readonly (string | null | undefined)[]): string =>
  `${values.map(escapeCopyValue).join('\t')}\n`;

/** Formats a list of texts as an array literal. */
export const writeArrayLiteral = (texts: readonly string[]): string =>
  texts.length === 0 ? '{}' : `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
