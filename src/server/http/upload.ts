import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { setBodyPace } from './arrivals.ts';
import { DiskBudget } from './disk-budget.ts';
import { readFormParts, type TakeSpace, type UploadedFile } from './form-parts.ts';
import { NoPlace, type PlaceOwner, Places } from './places.ts';
import { HttpProblem } from './problem.ts';

export type { UploadedFile };

/** A form (RFC 7578) whose file is on disk until `remove` is called. */
interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: UploadedFile;
  /** Deletes the file. */
  readonly remove: () => Promise<void>;
}

const largestFile = 512 * 1024 * 1024;
const limits = { fileSize: largestFile, files: 1, fields: 20, fieldSize: 256 * 1024, parts: 21 };

/** Limits concurrent uploads; `disk` limits their size separately, because slow uploads take a place but little disk. */
const places = new Places({ person: 2, clinic: 3, total: 24, waiting: 20, patience: 20_000 });
/** All uploads together may occupy as much disk as four files of the largest size, those of one clinic as much as two. */
const disk = new DiskBudget({ total: 4 * largestFile, clinic: 2 * largestFile });

/**
 * Receives a form with one file, named `file`. The caller has checked that the person may send files. Throws
 * unsupported_media_type, invalid_request, payload_too_large, too_many_requests, unavailable.
 */
export async function receiveForm(request: FastifyRequest, owner: PlaceOwner): Promise<ReceivedForm> {
  if (!request.isMultipart()) throw new HttpProblem('unsupported_media_type');
  setBodyPace(request.raw, 'held');
  const leave = await takePlace(owner);
  const space = disk.open(owner.clinic);
  try {
    // The sender may have disconnected while waiting: their body would never arrive.
    if (request.raw.destroyed) throw new HttpProblem('bad_request');
    setBodyPace(request.raw, 'upload');
    const form = await receive(request, (bytes) => space.take(bytes));
    const remove = (): Promise<void> =>
      form.remove().finally(() => {
        space.close();
        leave();
      });
    return { ...form, remove };
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
    throw new HttpProblem(error.isFull ? 'too_many_requests' : 'unavailable', { retryAfterSeconds: 10 });
  }
}

async function receive(request: FastifyRequest, takeSpace: TakeSpace): Promise<ReceivedForm> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-upload-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const form = await readFormParts(() => request.parts({ limits }), { path: join(folder, 'file'), takeSpace });
    return { ...form, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
