import styles from './today-page.module.css';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

/** A part of the day with its number of entries. */
export const Section = ({ title, count, children }: SectionProps) => (
  <section className={styles['part']} aria-label={title}>
    <h2 className={styles['part-title']}>
      {title} <span className={styles['count']}>{count}</span>
    </h2>
    <ul role="list">{children}</ul>
  </section>
);
