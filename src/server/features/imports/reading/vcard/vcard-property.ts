/** A property of a vCard (RFC 6350, RFC 2426 and the vCard 2.1 of old phones). */
export interface Property {
  /** In upper case. */
  readonly name: string;
  /** `item1` of `item1.TEL`; empty without one. */
  readonly group: string;
  /** In lower case, written with or without `TYPE=`. */
  readonly types: readonly string[];
  /** 1 is the most preferred; properties without a preference come last. */
  readonly preference: number;
  /** A label that the phone's owner wrote. */
  readonly ownLabel: string | undefined;
  readonly isText: boolean;
  /** As in the file, lines joined, not decoded. */
  readonly value: string;
  readonly decode: (text: string) => string;
}

const longestName = 100;
/** More than the standard's lowest preference, which is 100. */
const noPreference = 1000;

/** Position after the name of a property, including its group; -1 for a line that does not begin with one. */
export function nameEnd(line: string): number {
  for (let at = 0; at <= Math.min(line.length, longestName); at++) {
    const sign = line.charAt(at);
    if (sign === ':' || sign === ';') return at === 0 ? -1 : at;
    if (!/^[\w.-]$/.test(sign)) return -1;
  }
  return -1;
}

/** The name of a property in upper case, without its group. */
export const nameOf = (line: string): string => {
  const name = line.slice(0, Math.max(0, nameEnd(line)));
  return name.slice(name.lastIndexOf('.') + 1).toUpperCase();
};

/** Position of the value: after the first colon outside quotes. */
export function valueStart(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === ':' && !isQuoted) return at + 1;
  }
  const colon = text.indexOf(':');
  return colon < 0 ? text.length : colon + 1;
}

/** Splits a text at separators, except within quotes and after a backslash. */
export function divide(text: string, separator: string, quotes: '"' | '' = ''): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === quotes) isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Parses a property whose lines are joined. */
export function parseProperty(text: string): Property {
  const start = valueStart(text);
  const end = nameEnd(text);
  const whole = text.slice(0, end);
  const dot = whole.lastIndexOf('.');
  const parameters = readParameters(text.slice(end + 1, Math.max(end + 1, start - 1)));
  const { types, charset, encoding, preference, valueKind, ownLabel } = parameters;
  return {
    name: whole.slice(dot + 1).toUpperCase(),
    group: dot < 0 ? '' : whole.slice(0, dot).toLowerCase(),
    types,
    preference,
    ownLabel,
    isText: valueKind === 'text',
    value: text.slice(start),
    decode: decoderOf(encoding, charset),
  };
}

/** The encoding of a property, from the part before its value. */
export const isQuotedPrintable = (head: string): boolean => head.toUpperCase().includes('QUOTED-PRINTABLE');
export const isBase64 = (head: string): boolean => {
  const { encoding } = readParameters(head.slice(nameEnd(head) + 1));
  return encoding === 'base64';
};

type Encoding = 'plain' | 'quoted-printable' | 'base64';

interface Parameters {
  readonly types: string[];
  charset: string | undefined;
  encoding: Encoding;
  preference: number;
  valueKind: string | undefined;
  ownLabel: string | undefined;
}

/** Reads parameters, written as `NAME=value` or, in vCard 2.1, as the value alone. */
function readParameters(text: string): Parameters {
  const read: Parameters = {
    types: [],
    charset: undefined,
    encoding: 'plain',
    preference: noPreference,
    valueKind: undefined,
    ownLabel: undefined,
  };
  for (const part of divide(text, ';', '"')) {
    const custom = customLabel(part);
    const equals = part.indexOf('=');
    if (custom !== undefined) read.ownLabel = custom;
    else if (equals < 0) takeType(read, part);
    else takeParameter(read, part.slice(0, equals).trim().toUpperCase(), part.slice(equals + 1).replaceAll('"', ''));
  }
  return read;
}

function takeParameter(read: Parameters, name: string, value: string): void {
  if (name === 'TYPE') for (const type of value.split(',')) takeType(read, type);
  else if (name === 'CHARSET') read.charset = value.trim();
  else if (name === 'ENCODING') read.encoding = encodingOf(value) ?? read.encoding;
  else if (name === 'VALUE') read.valueKind = value.trim().toLowerCase();
  else if (name === 'PREF' && /^\d{1,3}$/.test(value)) read.preference = Number(value);
}

function takeType(read: Parameters, text: string): void {
  const type = text.trim();
  const encoding = encodingOf(type);
  if (encoding !== undefined) read.encoding = encoding;
  else if (type.toLowerCase() === 'pref') read.preference = 1;
  else if (/^x-/i.test(type) && !/^x-(?:cell|mobile|whatsapp|iphone)$/i.test(type)) read.ownLabel = type.slice(2);
  else if (type !== '') read.types.push(type.toLowerCase().replace(/^x-/, ''));
}

function encodingOf(text: string): Encoding | undefined {
  const name = text.trim().toUpperCase();
  if (name === 'QUOTED-PRINTABLE' || name === 'Q') return 'quoted-printable';
  if (name === 'BASE64' || name === 'B') return 'base64';
  return name === '8BIT' || name === '7BIT' ? 'plain' : undefined;
}

/** A label as Android writes it: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=C3=A3=65)`. */
function customLabel(part: string): string | undefined {
  if (!/^x-custom\(/i.test(part)) return undefined;
  const inner = part.slice(9, part.endsWith(')') ? -1 : undefined);
  const label = inner.slice(inner.lastIndexOf(',') + 1);
  return isQuotedPrintable(inner) ? unquote(label, 'utf-8') : label;
}

function decoderOf(encoding: Encoding, charset: string | undefined): (text: string) => string {
  if (encoding === 'quoted-printable') return (text) => unescape(unquote(text, charset));
  if (encoding === 'base64') return (text) => decodeBytes(Buffer.from(text, 'base64'), charset);
  return unescape;
}

const unescape = (text: string): string =>
  text.replace(/\\([nN\\;,:])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));

/** Decodes quoted-printable (RFC 2045). Characters beyond ASCII were already decoded with the file. */
function unquote(text: string, charset: string | undefined): string {
  const bytes: number[] = [];
  let read = '';
  const flush = (): void => {
    if (bytes.length > 0) read += decodeBytes(Buffer.from(bytes), charset);
    bytes.length = 0;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const hex = code === 61 ? text.slice(at + 1, at + 3) : '';
    if (/^[\da-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else if (code < 128) bytes.push(code);
    else {
      flush();
      read += text.charAt(at);
    }
  }
  flush();
  return read;
}

/** Decodes by the given charset; without one as UTF-8 if valid, otherwise as Windows-1252. */
function decodeBytes(bytes: Buffer, charset: string | undefined): string {
  if (charset !== undefined)
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // An unknown charset: decode as without one.
    }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
