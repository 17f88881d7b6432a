import { queryOptions } from '@tanstack/react-query';
import type { RequestOf } from '../../../shared/api-client.ts';
import type { ImportJob, ImportStatus, ImportSummary } from '../../../shared/contracts/import-job.ts';
import { refreshAgenda } from '../../entities/appointment/appointment-queries.ts';
import { refreshAllClients } from '../../entities/client/client-queries.ts';
import { api, createSessionApi } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { createProgressFetch } from '../../lib/progress-fetch.ts';

const all = ['imports'] as const;

const unfinished: ReadonlySet<ImportStatus> = new Set<ImportStatus>(['queued', 'running', 'undoing']);

/** Whether the server is still working on the import. */
export const isUnderWay = ({ status }: { readonly status: ImportStatus }): boolean => unfinished.has(status);

/** One import, polled while it is under way. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: async ({ signal }): Promise<ImportJob> =>
      (await api('GET /imports/{id}', { params: { id }, signal })).body,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? 500 : false),
  });

/** The imports of the last 30 days, the newest first. */
export const importsQuery = queryOptions({
  queryKey: [...all, 'list'],
  queryFn: async ({ signal }): Promise<ImportSummary[]> => (await api('GET /imports', { signal })).body.items,
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? 2_000 : false),
});

function cacheJob(job: ImportJob): ImportJob {
  queryClient.setQueryData(importQuery(job.id).queryKey, job);
  void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
  return job;
}

interface Upload {
  readonly file: File;
  readonly professionalId: string;
  /** Called with the share of the file that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a file for a dry run: the server checks it and writes nothing. */
export async function checkFile({ file, professionalId, onSent, signal }: Upload): Promise<ImportJob> {
  const body = new FormData();
  body.set('professionalId', professionalId);
  body.set('dryRun', 'true');
  // The file comes last, so that the server knows the other fields before its bytes arrive.
  body.set('file', file);
  const upload = createSessionApi(createProgressFetch(onSent));
  return cacheJob((await upload('POST /imports', { body, signal })).body);
}

export type RepeatBody = RequestOf<'POST /imports/{id}/repeat'>['body'];

/** Imports the same file again, perhaps with other options, as a new import. */
export const repeatImport = async (id: string, body: RepeatBody): Promise<ImportJob> =>
  cacheJob((await api('POST /imports/{id}/repeat', { params: { id }, body })).body);

export const undoImport = async (id: string): Promise<ImportJob> =>
  cacheJob((await api('POST /imports/{id}/undo', { params: { id } })).body);

/** Reads everything that shows clients or appointments again, after an import or its undoing has ended. */
export function refreshAfterImport(): void {
  void refreshAllClients();
  void refreshAgenda();
  void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
}
