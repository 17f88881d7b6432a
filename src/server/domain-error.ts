import type { ErrorCode } from '../shared/contracts/index.ts';
import type { FieldErrorCode, FieldFault } from '../shared/errors.ts';
import type { credentialErrors, entryErrors } from '../shared/errors/auth.ts';
import type { commonErrors } from '../shared/errors/common.ts';
import type { httpErrors } from '../shared/errors/http.ts';
import type { ErrorReason } from '../shared/errors/reasons.ts';
import type { sessionErrors } from '../shared/errors/sessions.ts';

type DomainErrorCode = Exclude<ErrorCode, keyof typeof httpErrors>;
type CredentialCode = keyof typeof sessionErrors | keyof typeof credentialErrors | keyof typeof entryErrors;
type LimitCode = 'too_many_requests' | 'too_many_imports' | 'unavailable';
type ConflictCode = Exclude<DomainErrorCode, CredentialCode | LimitCode | keyof typeof commonErrors>;

export interface ErrorFacts {
  /** What a program is told besides the code. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly FieldFault[];
  /** Why exactly: its words stand in place of the code's. */
  readonly reason?: ErrorReason | undefined;
  /** A number that the words of the reason name. */
  readonly count?: number | undefined;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** Why a service or a policy refuses. Whoever asked is told by http/error-handler.ts, which finds status, words and headers. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: DomainErrorCode, facts: ErrorFacts = {}) {
    super(code, { cause: facts.cause });
    this.name = 'DomainError';
    this.code = code;
    this.facts = facts;
  }
}

/** The person's role does not allow it. */
export const forbidden = (): DomainError => new DomainError('forbidden');

/** There is no such record, or none that the person may know of. */
export const notFound = (): DomainError => new DomainError('not_found');

/** What was asked for is wrong in one field; its path is dotted: `address.postalCode`. */
export const invalidField = (path: string, code: FieldErrorCode): DomainError =>
  new DomainError('invalid_request', { fields: [{ path, code }] });

/** The state of the records does not allow it. */
export const conflict = (code: ConflictCode, details: ErrorFacts['details'] = {}): DomainError =>
  new DomainError(code, { details });

/** A code, link, passkey or token does not let in. */
export const wrongCredential = (code: CredentialCode, cause?: unknown): DomainError => new DomainError(code, { cause });

/** A limit is used up for so many seconds. */
export const limitReached = (
  code: LimitCode,
  seconds: number,
  { reason, count }: Pick<ErrorFacts, 'reason' | 'count'> = {},
): DomainError => new DomainError(code, { retryAfterSeconds: seconds, reason, count });
