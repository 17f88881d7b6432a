import parts from './sample-parts.module.css';
import styles from './section.module.css';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** When to use the parts, and what to look for. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** One kind of part in all its forms. */
export function Section({ id, title, note, children }: SectionProps) {
  return (
    <section className={styles['samples']} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note !== undefined && <p className={parts['samples-note']}>{note}</p>}
      <div className={styles['samples-body']}>{children}</div>
    </section>
  );
}

/** Parts side by side, with a label. */
export function Sample({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['sample']}>
      <h3 className={parts['sample-label']}>{label}</h3>
      <div className={styles['sample-parts']}>{children}</div>
    </div>
  );
}
