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
  readonly share: number;
  /** Why it failed; undefined if the person cancelled it. */
  readonly error: Error | undefined;
}

/** Sends a file and opens its import, unless the person has left the page meanwhile. */
export function useUpload(): Upload {
  const navigate = useNavigate();
  const [share, setShare] = useState(0);
  const running = useRef<AbortController>(undefined);
  const { mutate, reset, isPending, error } = useMutation({ mutationFn: checkFile });
  useWarningOnClose(isPending);
  return {
    send: (file, professionalId) => {
      const controller = new AbortController();
      running.current = controller;
      setShare(0);
      mutate(
        { file, professionalId, onSent: setShare, signal: controller.signal },
        { onSuccess: ({ id }) => void navigate({ to: '/importar/$id', params: { id } }) },
      );
    },
    cancel: () => running.current?.abort(),
    reset,
    isSending: isPending,
    share,
    error: error === null || error.name === 'AbortError' ? undefined : error,
  };
}

/** Lets the browser ask before the tab is closed, which would cancel the upload. */
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
