import type pg from 'pg';
import type { Role } from '../../../../shared/contracts/auth.ts';
import type { DateOrder } from '../../../../shared/import-choices.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import type { StoredImport } from '../stored/import-queries.ts';
import type { ImportDependencies } from './dependencies.ts';

/** One attempt at an import. */
export interface Attempt {
  readonly deps: ImportDependencies;
  readonly queued: StoredImport;
  /** The request it came from. */
  readonly asked: JobCaller | undefined;
  /** The requester's current role; undefined for the host's operator. */
  readonly role: Role | undefined;
  /** The order of dates that an earlier attempt found. */
  readonly foundDateOrder: DateOrder | undefined;
  readonly connection: pg.ClientBase;
}
