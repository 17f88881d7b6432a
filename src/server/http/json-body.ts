import { JsonError, type JsonFault, parseStrictJson } from '../../shared/strict-json.ts';
import { HttpProblem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const problems = {
  not_json: 'bad_request',
  unsafe_name: 'bad_request',
  too_large: 'payload_too_large',
  repeated_name: 'repeated_name',
} as const satisfies Record<JsonFault, string>;

/**
 * Reads a body as JSON in strict UTF-8 (RFC 8259), in linear time. Throws not_utf8, bad_request, payload_too_large when it has
 * too many values or levels, and repeated_name when an object has a name twice.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new HttpProblem(problems[error.fault], { cause: error });
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new HttpProblem('not_utf8', { cause });
  }
}
