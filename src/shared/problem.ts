import type { ErrorCode } from './contracts/index.ts';
import type { FieldError } from './errors.ts';

/** An RFC 9457 problem as it travels. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}
