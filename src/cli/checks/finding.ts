/** Something that a check saw. Errors fail the command, warnings do not. */
export interface Finding {
  /** Stable, for scripts. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly seen: string;
  /** What to do about it. */
  readonly mend: string;
}

export const error = (code: string, seen: string, mend: string): Finding => ({ code, severity: 'error', seen, mend });
export const warning = (code: string, seen: string, mend: string): Finding => ({
  code,
  severity: 'warning',
  seen,
  mend,
});
