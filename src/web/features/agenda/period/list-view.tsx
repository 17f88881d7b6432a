import styles from './period.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconCalendarOff } from '@tabler/icons-react';
import { addDays } from '../../../../shared/zoned-time.ts';
import { appointmentListQuery } from '../../../entities/appointment/appointment-queries.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { nameDay } from '../day-words.ts';
import type { ViewProps } from '../view-props.ts';
import { Loaded } from '../view-states.tsx';
import { DayGroups } from './day-groups.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';

/** Days that the list goes on. */
const days = 31;

/** What comes from a day on, one below the other. */
export function ListView({ frame, day, person, onOpen }: ViewProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(
    appointmentListQuery({ from: day, to: addDays(day, days - 1), professionalId: person }),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Loaded
      isLoading={query.isPending}
      error={query.error}
      hasData={query.data !== undefined}
      timeZone={frame.timeZone}
      onRetry={() => void query.refetch()}
    >
      <section aria-label={t`Agenda a partir de ${nameDay(day)}`}>
        {items.length === 0 ? (
          <EmptyState icon={<IconCalendarOff />} title={t`Nada marcado`} tone="neutral">
            <Trans>Não há atendimentos nos {days} dias a partir desta data.</Trans>
          </EmptyState>
        ) : (
          <DayGroups frame={frame} items={items} showsProfessional={frame.people.length > 1} onOpen={onOpen} />
        )}
        <ShowMore list={query} className={styles['more']} />
      </section>
    </Loaded>
  );
}
