import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { checkFile } from '../import-api.ts';

interface Upload {
  readonly send: (file: File, professionalId: string) => void;
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly isSending: boolean;
  /** How much has been sent, 0 to 1. */
  readonly part: number;
  /** Why it failed; undefined also if it was cancelled. */
  readonly error: Error | undefined;
}

/** Sends a file and opens its import, unless the person has left the page meanwhile. */
export function useUpload(): Upload {
  const navigate = useNavigate();
  const [part, setPart] = useState(0);
  const way = useRef<AbortController>(undefined);
  const { mutate, reset, isPending, error } = useMutation({ mutationFn: checkFile });
  useWarningOnClose(isPending);
  return {
    send: (file, professionalId) => {
      const controller = new AbortController();
      way.current = controller;
      setPart(0);
      mutate(
        { file, professionalId, onSent: setPart, signal: controller.signal },
        { onSuccess: ({ id }) => void navigate({ to: '/importar/$id', params: { id } }) },
      );
    },
    cancel: () => way.current?.abort(),
    reset,
    isSending: isPending,
    part,
    error: error === null || error.name === 'AbortError' ? undefined : error,
  };
}

/** Closing the tab would cancel the upload: the browser asks first. */
function useWarningOnClose(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, [isNeeded]);
}
