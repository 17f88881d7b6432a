/** The deepest nesting of objects and lists. */
const deepest = 32;
/** The most values in a text; no contract needs a tenth of that. */
const mostValues = 20_000;

/** Why a text is not taken as JSON. `unsafe_name`: a name could change an object's prototype. */
export type JsonFault = 'not_json' | 'too_large' | 'repeated_name' | 'unsafe_name';

export class JsonError extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault, cause?: unknown) {
    super(fault, { cause });
    this.name = 'JsonError';
    this.fault = fault;
  }
}

/** Reads JSON (RFC 8259) in linear time, and refuses what two programs could read differently. Throws JsonError. */
export function parseStrictJson(text: string): unknown {
  const { values, names, depth } = measure(text);
  if (values > mostValues || depth > deepest) throw new JsonError('too_large');
  const value = parse(text);
  // JSON.parse keeps one of two equal names, so a smaller count shows that one was repeated.
  if (countNames(value) !== names) throw new JsonError('repeated_name');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new JsonError('not_json', cause);
  }
}

const [quote, colon, comma, backslash] = [0x22, 0x3a, 0x2c, 0x5c];
const [braceOpens, braceCloses, bracketOpens, bracketCloses] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Counts values, names and levels by the punctuation outside strings. */
function measure(text: string): { values: number; names: number; depth: number } {
  let [values, names, open, depth] = [1, 0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === quote) index = endOfString(text, index);
    else if (unit === colon) names++;
    else if (unit === comma) values++;
    else if (unit === braceOpens || unit === bracketOpens) {
      values++;
      if (++open > depth) depth = open;
    } else if (unit === braceCloses || unit === bracketCloses) open--;
  }
  return { values, names, depth };
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === quote) break;
    if (unit === backslash) index++;
  }
  return index;
}

/** Counts the names in all objects of a value. Throws JsonError for names that could change an object's prototype. */
function countNames(root: unknown): number {
  let names = 0;
  const waiting = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (item !== null) waiting.push(item);
      continue;
    }
    for (const [name, inner] of Object.entries(value)) {
      names++;
      if (name === '__proto__' || (name === 'constructor' && hasPrototype(inner))) throw new JsonError('unsafe_name');
      if (inner !== null) waiting.push(inner);
    }
  }
  return names;
}

const hasPrototype = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
