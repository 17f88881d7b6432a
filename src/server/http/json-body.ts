import { HttpProblem } from './problem.ts';

/** The deepest nesting of objects and lists. */
const deepest = 32;
/** The most values in a body; no contract needs a tenth of that. */
const mostValues = 20_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a body as JSON in strict UTF-8 (RFC 8259), in linear time. Throws not_utf8, bad_request, payload_too_large when it has
 * too many values or levels, and repeated_name when an object has a name twice.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  const { values, names, depth } = measure(bytes);
  if (values > mostValues || depth > deepest) throw new HttpProblem('payload_too_large');
  const value = parse(text);
  // JSON.parse keeps one of two equal names, so a smaller count shows that one was repeated.
  if (countNames(value) !== names) throw new HttpProblem('repeated_name');
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new HttpProblem('not_utf8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpProblem('bad_request', { cause });
  }
}

const [quote, colon, comma, backslash] = [0x22, 0x3a, 0x2c, 0x5c];
const [braceOpens, braceCloses, bracketOpens, bracketCloses] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Counts values, names and levels by the punctuation outside strings. In UTF-8 no other character contains these bytes. */
function measure(bytes: Uint8Array): { values: number; names: number; depth: number } {
  let [values, names, open, depth] = [1, 0, 0, 0];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === quote) index = endOfString(bytes, index);
    else if (byte === colon) names++;
    else if (byte === comma) values++;
    else if (byte === braceOpens || byte === bracketOpens) {
      values++;
      if (++open > depth) depth = open;
    } else if (byte === braceCloses || byte === bracketCloses) open--;
  }
  return { values, names, depth };
}

function endOfString(bytes: Uint8Array, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
  return index;
}

/** Counts the names in all objects of a value. Throws bad_request for names that could change an object's prototype. */
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
      if (name === '__proto__' || (name === 'constructor' && hasPrototype(inner))) throw new HttpProblem('bad_request');
      if (inner !== null) waiting.push(inner);
    }
  }
  return names;
}

const hasPrototype = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
