import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { fieldError, type Locale } from '../../shared/errors.ts';
import { setBodyPace } from './arrivals.ts';
import { DiskBudget } from './disk-budget.ts';
import { NoPlace, type PlaceOwner, Places } from './places.ts';
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
  readonly remove: () => Promise<void>;
}

const largestFile = 512 * 1024 * 1024;
const limits = { fileSize: largestFile, files: 1, fields: 20, fieldSize: 256 * 1024, parts: 21 };

/** Uploads at the same time. Slow ones take a place but hardly any disk, which has a limit of its own. */
const places = new Places({ person: 2, clinic: 3, total: 24, waiting: 20, patience: 20_000 });
/** Bytes of all uploads on this machine's disk: four files of the largest size, of which a clinic may have two. */
const disk = new DiskBudget({ total: 4 * largestFile, clinic: 2 * largestFile });

/**
 * Receives a form with one file, named `file`, from somebody who may send it. Throws unsupported_media_type, invalid_request,
 * payload_too_large, too_many_requests, unavailable.
 */
export async function receiveForm(request: FastifyRequest, owner: PlaceOwner, locale: Locale): Promise<ReceivedForm> {
  if (!request.isMultipart()) throw new HttpProblem('unsupported_media_type');
  setBodyPace(request.raw, 'held');
  const leave = await takePlace(owner);
  const space = disk.open(owner.clinic);
  try {
    // Whoever left while waiting would be waited for in vain.
    if (request.raw.destroyed) throw new HttpProblem('bad_request');
    setBodyPace(request.raw, 'upload');
    const { fields, file, remove } = await receive(request, locale, (bytes) => space.take(bytes));
    const free = async (): Promise<void> => {
      await remove();
      space.close();
      leave();
    };
    return { fields, file, remove: free };
  } catch (error) {
    space.close();
    leave();
    throw error;
  }
}

async function takePlace(owner: PlaceOwner): Promise<() => void> {
  try {
    return await places.take(owner);
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error;
    throw new HttpProblem(error.isFull ? 'too_many_requests' : 'unavailable', { headers: { 'retry-after': '10' } });
  }
}

type TakeSpace = (bytes: number) => boolean;

async function receive(request: FastifyRequest, locale: Locale, takeSpace: TakeSpace): Promise<ReceivedForm> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-upload-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const fields: Record<string, string> = {};
    let file: UploadedFile | undefined;
    for await (const part of request.parts({ limits }))
      if (part.type === 'file') file = await keep(part, join(folder, 'file'), takeSpace);
      else fields[part.fieldname] = String(part.value);
    if (file === undefined)
      throw new HttpProblem('invalid_request', { errors: [fieldError('file', 'required', locale)] });
    return { fields, file, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function keep(part: MultipartFile, path: string, takeSpace: TakeSpace): Promise<UploadedFile> {
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      if (takeSpace(chunk.length)) done(null, chunk);
      else done(new HttpProblem('unavailable', { headers: { 'retry-after': '30' } }));
    },
  });
  await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }));
  if (part.file.truncated) throw new HttpProblem('payload_too_large');
  const name = part.filename.replace(/^.*[/\\]/, '').slice(0, 200);
  return { path, name, bytes: (await stat(path)).size };
}
