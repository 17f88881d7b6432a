import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { fieldError, type Locale } from '../../shared/errors.ts';
import { HttpProblem } from './problem.ts';

/** A file that was sent with a form; on this machine's disk until the request ends. */
export interface UploadedFile {
  readonly path: string;
  /** The sender's name for it, without folders. */
  readonly name: string;
  readonly bytes: number;
}

/** The parts of a form (RFC 7578). */
interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: UploadedFile;
  /** Deletes the file. */
  remove(): Promise<void>;
}

const largestFile = 512 * 1024 * 1024;
const limits = { fileSize: largestFile, files: 1, fields: 20, fieldSize: 256 * 1024, parts: 21 };

/** Uploads received at the same time at most: each takes up disk space here. */
const mostAtOnce = 4;
let underWay = 0;

/**
 * Receives a form with one file, named `file`. Throws unsupported_media_type, invalid_request, payload_too_large,
 * unavailable.
 */
export async function receiveForm(request: FastifyRequest, locale: Locale): Promise<ReceivedForm> {
  if (!request.isMultipart()) throw new HttpProblem('unsupported_media_type');
  if (underWay >= mostAtOnce) throw new HttpProblem('unavailable', { headers: { 'retry-after': '10' } });
  underWay += 1;
  try {
    return await receive(request, locale);
  } finally {
    underWay -= 1;
  }
}

async function receive(request: FastifyRequest, locale: Locale): Promise<ReceivedForm> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-upload-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const fields: Record<string, string> = {};
    let file: UploadedFile | undefined;
    for await (const part of request.parts({ limits }))
      if (part.type === 'file') file = await keep(part, join(folder, 'file'));
      else fields[part.fieldname] = String(part.value);
    if (file === undefined)
      throw new HttpProblem('invalid_request', { errors: [fieldError('file', 'required', locale)] });
    return { fields, file, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function keep(part: MultipartFile, path: string): Promise<UploadedFile> {
  await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
  if (part.file.truncated) throw new HttpProblem('payload_too_large');
  const name = part.filename.replace(/^.*[/\\]/, '').replaceAll('\ufffd', '_').slice(0, 200);
  return { path, name, bytes: (await stat(path)).size };
}
