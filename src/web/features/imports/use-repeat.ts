import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ImportJob } from '../../../shared/contracts/imports.ts';
import { type Again, repeatImport } from './import-api.ts';

interface Repeat {
  readonly run: (body: Again) => void;
  /** What is being asked for now. */
  readonly pending: Again | undefined;
  readonly error: Error | null;
}

/**
 * Takes the file once more and shows what becomes of it in place of this import: Back leads to the start, not to a check
 * that no longer holds.
 */
export function useRepeat(job: ImportJob): Repeat {
  const navigate = useNavigate();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (body: Again) => repeatImport(job.id, body),
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
