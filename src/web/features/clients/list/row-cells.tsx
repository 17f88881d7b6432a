import styles from './client-row.module.css';
import { useLingui } from '@lingui/react/macro';
import type { ClientVisits } from '../../../../shared/contracts/agenda/visits.ts';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { describeAge, describePlace } from '../../../entities/client/client-line.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatDate, formatPhone, today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { columnLabels } from './column-heads.tsx';
import type { ColumnKey } from './columns.ts';
import { findHiddenMatch } from './hidden-match.ts';
import { markDigits, markWords } from './highlight.ts';
import { MarkedText } from './marked-text.tsx';

interface RowCellsProps {
  readonly client: ClientSummary;
  readonly query: string;
  readonly columns: readonly ColumnKey[];
  readonly visits: ClientVisits | undefined;
}

/** Columns whose value does not say what it is. */
const named: ReadonlySet<ColumnKey> = new Set(['nextVisit', 'lastVisit', 'professional', 'updated', 'created']);

/** A client's facts, each in its column. */
export function RowCells({ client, query, columns, visits }: RowCellsProps) {
  const timeZone = useClinicTimeZone();
  const { i18n } = useLingui();
  const findName = useProfessionalNames({ enabled: columns.includes('professional') });
  const show = {
    phone: () => client.phone !== null && <MarkedText runs={markDigits(formatPhone(client.phone), query)} />,
    age: () => client.dateOfBirth !== null && describeAge(client.dateOfBirth, today(timeZone)),
    city: () => {
      const isFound = findHiddenMatch(client, query, client.tags)?.field === 'place';
      return <MarkedText runs={markWords(describePlace(client), isFound ? query : '')} />;
    },
    nextVisit: () => visits?.nextAt != null && formatDate(visits.nextAt, timeZone),
    lastVisit: () => visits?.lastAt != null && formatDate(visits.lastAt, timeZone),
    professional: () => findName(client.professionalId),
    updated: () => formatDate(client.updatedAt, timeZone),
    created: () => formatDate(client.createdAt, timeZone),
  } satisfies Record<ColumnKey, () => unknown>;
  return columns.map((key) => {
    const shown = show[key]();
    return (
      <span key={key} className={styles['client-cell']} data-part={key} translate="no">
        {named.has(key) && shown !== false && <span className="visually-hidden">{i18n._(columnLabels[key])}: </span>}
        {shown}
      </span>
    );
  });
}
