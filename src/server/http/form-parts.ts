import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FieldErrorCode } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** A file that was sent with a form. It is on this machine's disk until the request ends. */
export interface UploadedFile {
  readonly path: string;
  /** The file name that the sender gave, without folders. */
  readonly name: string;
  readonly bytes: number;
}

interface FormParts {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: UploadedFile;
}

// The rest of the body is not read, so the connection cannot be used again.
const headers = { connection: 'close' };

/** Reserves bytes of the disk. @returns false when there are not enough left */
export type TakeSpace = (bytes: number) => boolean;

/** Where the file is written, and what reserves disk space for it. */
interface Target {
  readonly path: string;
  readonly takeSpace: TakeSpace;
}

/**
 * Reads the parts of a form (RFC 7578): its fields, and one file named `file`, which is written to `target`. Throws
 * invalid_request, payload_too_large, unavailable when the disk budget is used up, and broken_form when it cannot be read.
 */
export async function readFormParts(parts: () => AsyncIterable<Multipart>, target: Target): Promise<FormParts> {
  const fields = new Map<string, string>();
  let file: UploadedFile | undefined;
  try {
    for await (const part of parts()) {
      const name = part.fieldname as string | undefined;
      if (part.type === 'file') file = await storeFile(part, target);
      else if (name === undefined || fields.has(name)) throw new HttpProblem('broken_form', { headers });
      else fields.set(name, String(part.value));
    }
  } catch (error) {
    throw toProblem(error);
  }
  if (file === undefined) throw refuseField('file', 'required');
  return { fields: Object.fromEntries(fields), file };
}

const refuseField = (path: string, code: FieldErrorCode): HttpProblem =>
  new HttpProblem('invalid_request', { fields: [{ path: path.slice(0, 200), code }], headers });

async function storeFile(part: MultipartFile, { path, takeSpace }: Target): Promise<UploadedFile> {
  const sent: { readonly fieldname?: string; readonly filename?: string } = part;
  const name = cleanFileName(sent.filename ?? '');
  if (sent.fieldname !== 'file' || name === '') {
    part.file.resume();
    throw sent.fieldname === 'file'
      ? refuseField('file', 'unnamed_file')
      : refuseField(sent.fieldname ?? '', 'unknown_field');
  }
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      if (takeSpace(chunk.length)) done(null, chunk);
      else done(new HttpProblem('unavailable', { headers, retryAfterSeconds: 30 }));
    },
  });
  await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }));
  if (part.file.truncated) throw new HttpProblem('payload_too_large', { headers });
  return { path, name, bytes: (await stat(path)).size };
}

/** The sender's file name without folders, control characters and letters that are not valid UTF-8. */
const cleanFileName = (sent: string): string =>
  sent
    .replace(/^.*[/\\]/s, '')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
    .toWellFormed()
    .replaceAll('\ufffd', '');

/** Most of the parser's errors have no status: they mean a broken form. Errors of this machine's disk are passed on. */
function toProblem(error: unknown): unknown {
  if (error instanceof HttpProblem || !(error instanceof Error)) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return new HttpProblem('payload_too_large', { headers, cause: error });
  const isOurs = code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ECONNRESET';
  return isOurs ? error : new HttpProblem('broken_form', { headers, cause: error });
}
