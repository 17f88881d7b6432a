import styles from './day-head.module.css';
import { DayMenu, type DayMenuProps } from './day-menu.tsx';

/** The professional above a column, and what can be done with the rest of their day. */
export function DayHead({ mayWrite, ...menu }: DayMenuProps & { readonly mayWrite: boolean }) {
  const { name } = menu;
  return (
    <>
      <span className={styles['name']} translate="no" title={name}>
        {name}
      </span>
      {mayWrite && <DayMenu {...menu} />}
    </>
  );
}
