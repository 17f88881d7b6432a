import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import type { Locale } from '../../shared/errors.ts';
import { readFormParts, type UploadedFile } from './form-parts.ts';
import { HttpProblem } from './problem.ts';

export type { UploadedFile };

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
    const form = await readFormParts(() => request.parts({ limits }), join(folder, 'file'), locale);
    return { ...form, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
