import './states.css';
import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** Shows its content after a delay in milliseconds: a shorter wait is not noticed, and should show no placeholder. */
export function Delayed({ children, after = 150 }: { readonly children: ReactNode; readonly after?: number }) {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setDue(true);
    }, after);
    return () => {
      clearTimeout(timer);
    };
  }, [after]);
  return isDue ? children : null;
}

/** A grey bar or circle in place of content that is loading. */
export const SkeletonShape = ({
  width,
  height,
  round = false,
}: {
  readonly width: string;
  readonly height: string;
  readonly round?: boolean;
}) => (
  <span
    className="skeleton-shape"
    style={{ width, height, ...(round && { borderRadius: '50%' }) }}
    aria-hidden="true"
  />
);

/** Placeholders for the rows of a list that is loading. */
export function SkeletonRows({ rows = 8 }: { readonly rows?: number }) {
  return (
    <Delayed>
      <div className="skeleton" role="status">
        <span className="visually-hidden">
          <Trans>Carregando…</Trans>
        </span>
        {Array.from({ length: rows }, (_, index) => (
          <div className="skeleton-row" key={index}>
            <SkeletonShape width="2.75rem" height="2.75rem" round />
            <div style={{ flex: 1, display: 'grid', gap: '0.5rem' }}>
              <SkeletonShape width={`${9 + ((index * 5) % 8)}rem`} height="0.95rem" />
              <SkeletonShape width={`${12 + ((index * 7) % 6)}rem`} height="0.75rem" />
            </div>
          </div>
        ))}
      </div>
    </Delayed>
  );
}
