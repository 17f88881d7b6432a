import type { ReactNode } from 'react';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** When to use it, and what to look for. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** One kind of part with everything it can be. */
export function Section({ id, title, note, children }: SectionProps) {
  return (
    <section className="samples" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note !== undefined && <p className="samples-note">{note}</p>}
      <div className="samples-body">{children}</div>
    </section>
  );
}

/** Parts side by side under the name of what they have in common. */
export function Sample({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="sample">
      <h3 className="sample-label">{label}</h3>
      <div className="sample-parts">{children}</div>
    </div>
  );
}
