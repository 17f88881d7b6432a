import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../shared/api-client.ts';

/** Requests that will fail again in the same way are not retried. */
const isPassing = (error: Error): boolean => !(error instanceof ApiError) || error.status >= 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && isPassing(error),
      // Being offline shows as a failed request, so that a page can say so and offer to try again.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
