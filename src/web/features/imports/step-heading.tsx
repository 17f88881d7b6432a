import importText from './import-text.module.css';
import { type ReactNode, useEffect, useRef } from 'react';

/** A step's title. It takes the focus if the pressed button is gone from the page, so that keyboard users continue here. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h2 className={importText['import-heading']} tabIndex={-1} ref={heading}>
      {children}
    </h2>
  );
}
