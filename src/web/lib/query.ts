import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../shared/api-client.ts';
import { UnreachableError } from './unreachable.ts';

/** Whether trying again may help: not after a refusal, which would be the same again. */
const mayPass = (error: Error): boolean =>
  error instanceof ApiError ? error.status >= 500 : !(error instanceof UnreachableError) || navigator.onLine;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && mayPass(error),
      // Without a connection requests fail instead of waiting, so that the page can say so and offer to try again.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
