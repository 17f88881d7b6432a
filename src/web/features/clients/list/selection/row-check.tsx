import styles from './row-check.module.css';
import { useLingui } from '@lingui/react/macro';
import type { ClientSummary } from '../../../../../shared/contracts/clients.ts';
import { fullName } from '../../../../lib/format.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { useSelection } from './selection-context.tsx';

interface RowCheckProps {
  readonly client: ClientSummary;
  readonly index: number;
}

/** The client's avatar; in its place, with a mouse, by keyboard or once somebody is chosen, the box to choose the client by. */
export function RowCheck({ client, index }: RowCheckProps) {
  const { t } = useLingui();
  const { chosen, toggle } = useSelection();
  const name = fullName(client);
  return (
    <span className={styles['row-check']} data-active={chosen.size > 0 ? '' : undefined}>
      <Avatar name={name} size="var(--row-face)" />
      <label>
        <input
          type="checkbox"
          data-row-check=""
          // By keyboard, the row itself is chosen with the space bar: no second stop in each row.
          tabIndex={-1}
          aria-label={t`Selecionar ${name}`}
          checked={chosen.has(client.id)}
          onChange={(event) => {
            toggle(index, (event.nativeEvent as PointerEvent).shiftKey);
          }}
        />
      </label>
    </span>
  );
}
