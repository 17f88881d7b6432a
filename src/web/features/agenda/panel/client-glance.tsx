import styles from './client-glance.module.css';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { describeAge } from '../../../entities/client/client-line.ts';
import { TagChip } from '../../../entities/tag/tag-chip.tsx';
import { useTagLooks } from '../../../entities/tag/tag-queries.ts';
import { today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';

const none: readonly never[] = [];

/** What the card says first, for whoever opens an appointment instead: age, and the tags that warn. */
export function ClientGlance({ client }: Pick<Appointment, 'client'>) {
  const day = today(useClinicTimeZone());
  const warnings = useTagLooks(client?.tags ?? none).filter(({ warns }) => warns);
  const birth = client?.dateOfBirth ?? null;
  if (birth === null && warnings.length === 0) return null;
  return (
    <div className={styles['glance']}>
      {birth !== null && <p>{describeAge(birth, day)}</p>}
      {warnings.length > 0 && (
        <ul className={styles['warnings']}>
          {warnings.map((tag) => (
            <li key={tag.name}>
              <TagChip tag={tag} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
