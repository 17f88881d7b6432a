const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const copyValue = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return '\\N';
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign) : value;
};

/** One row as COPY … FROM STDIN reads it (PostgreSQL, COPY, text format). */
export const copyLine = (values: readonly (string | null | undefined)[]): string =>
  `${values.map(copyValue).join('\t')}\n`;

/** A list of texts as an array literal. */
export const arrayLiteral = (texts: readonly string[]): string =>
  texts.length === 0 ? '{}' : `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
