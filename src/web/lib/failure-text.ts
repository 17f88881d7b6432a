import { t } from '@lingui/core/macro';
import { ApiError } from '../../shared/api-client.ts';
import { UnreachableError } from './unreachable.ts';

/** What to tell a person about a failed request: the server's message if it answered, and not somebody before it, such as a proxy. */
export function failureText(error: unknown): string {
  if (error instanceof ApiError && error.problem.type !== 'about:blank')
    return error.problem.errors?.[0]?.message ?? error.problem.detail;
  if (error instanceof UnreachableError) return t`Sem conexão com o servidor. Confira a internet e tente de novo.`;
  return t`Algo falhou do nosso lado. Tente de novo em instantes.`;
}

/** Seconds to wait before trying again, when the server said so. */
export function secondsToWait(error: unknown): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const seconds = Number(error.headers.get('retry-after'));
  return seconds > 0 ? seconds : undefined;
}
