interface MarkProps {
  /** Height in any CSS unit. */
  readonly size?: string;
}

/** The logo: an open half-circle with a dot. */
function Mark({ size = '1.5rem' }: MarkProps) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} fill="none" aria-hidden="true" focusable="false">
      <path d="M4.5 14.5a11.5 11.5 0 0 0 23 0" stroke="var(--accent)" strokeWidth="4" strokeLinecap="round" />
      <circle cx="16" cy="11" r="4.5" fill="currentColor" />
    </svg>
  );
}

/** The logo with the name. */
export function Wordmark({ size = '1.5rem' }: MarkProps) {
  return (
    <span className="wordmark" translate="no" style={{ fontSize: size }}>
      <Mark size="1.05em" />
      acolhe
    </span>
  );
}
