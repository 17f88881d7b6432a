import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { type RepeatBody, repeatImport } from '../import-api.ts';

interface Repeat {
  readonly run: (body: RepeatBody) => void;
  /** The request that is under way. */
  readonly pending: RepeatBody | undefined;
  readonly error: Error | null;
}

/**
 * Imports the file again and shows the new import in place of this one: Back leads to the start, not to a check that is out of
 * date.
 */
export function useRepeat(job: ImportJob): Repeat {
  const navigate = useNavigate();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (body: RepeatBody) => repeatImport(job.id, body),
  });
  return {
    run: (body) => {
      mutate(body, {
        onSuccess: ({ id }) => void navigate({ to: '/importar/$id', params: { id }, replace: true }),
      });
    },
    pending: isPending ? variables : undefined,
    error,
  };
}
