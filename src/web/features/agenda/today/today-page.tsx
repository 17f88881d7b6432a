import styles from './today-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCalendarPlus, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { addDays } from '../../../../shared/zoned-time.ts';
import { agendaKeys, windowQuery } from '../../../entities/appointment/appointment-queries.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { useAgendaChanges } from '../../../entities/appointment/use-agenda-changes.ts';
import { api } from '../../../lib/api.ts';
import { dayOf } from '../../../lib/wall-time.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { AppointmentLine } from '../appointment-line.tsx';
import { nameDay, nameLongDay } from '../day-words.ts';
import { AppointmentPanel } from '../panel/appointment-panel.tsx';
import { useAgendaFrame, type AgendaFrame } from '../use-agenda-frame.ts';
import { useNow } from '../use-now.ts';
import { Loaded } from '../view-states.tsx';
import { Birthdays } from './birthdays.tsx';
import { Section } from './section.tsx';
import { summarizeToday } from './today-summary.ts';

const none: readonly never[] = [];

/** The day at a glance: who is next, who has arrived, what waits for an answer, whose birthday it is. */
export function TodayPage() {
  const { t } = useLingui();
  const frame = useAgendaFrame();
  const now = useNow(frame.timeZone);
  const today = dayOf(now);
  const [open, setOpen] = useState<string>();
  useAgendaChanges();
  const day = useQuery(windowQuery({ from: today, to: today }));
  const { data: older = none } = useQuery(olderPendingQuery(today));
  const items = day.data?.items ?? none;
  const { next, arrived, inProgress, pending, unconfirmed } = summarizeToday(items, now);
  const part = (title: string, appointments: readonly AppointmentSummary[], showsDay = false) => (
    <Part
      title={title}
      frame={frame}
      appointments={appointments}
      showsDay={showsDay}
      onOpen={({ id }) => {
        setOpen(id);
      }}
    />
  );
  return (
    <Page
      title={t`Hoje`}
      width="text"
      {...(frame.mayWrite && {
        primary: (
          <Button
            variant="primary"
            icon={<IconCalendarPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              openBooking();
            }}
          >
            <Trans>Agendar</Trans>
          </Button>
        ),
      })}
    >
      <p className={styles['date']}>
        {nameLongDay(today)}
        <Link to="/agenda">
          <Trans>Agenda do dia</Trans>
        </Link>
      </p>
      <Loaded
        isLoading={day.isPending}
        error={day.error}
        hasData={day.data !== undefined}
        storedAt={day.data?.storedAt}
        timeZone={frame.timeZone}
        onRetry={() => void day.refetch()}
      >
        {items.length === 0 && older.length === 0 && <NothingToday />}
        {part(t`A seguir`, next)}
        {part(t`Chegaram`, arrived)}
        {part(t`Em atendimento`, inProgress)}
        {part(t`A concluir de hoje`, pending)}
        {part(t`A concluir de antes`, older, true)}
        {part(t`A confirmar`, unconfirmed)}
      </Loaded>
      <Birthdays today={today} />
      {open !== undefined && (
        <AppointmentPanel
          id={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Page>
  );
}

/** The latest of earlier days that nobody resolved; more would bury today. */
const olderPendingQuery = (today: string) => ({
  queryKey: [...agendaKeys.lists, 'pending', today],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly AppointmentSummary[]> =>
    (await api('GET /appointments', { query: { to: addDays(today, -1), pending: 'true', limit: 20 }, signal })).body
      .items,
});

function NothingToday() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconSun />}
      title={t`Nada marcado para hoje`}
      actions={
        <ButtonLink to="/agenda" variant="secondary">
          <Trans>Abrir a agenda</Trans>
        </ButtonLink>
      }
    >
      <Trans>Aqui aparecem quem vem a seguir, quem já chegou e o que falta confirmar.</Trans>
    </EmptyState>
  );
}

interface PartProps {
  readonly title: string;
  readonly frame: AgendaFrame;
  readonly appointments: readonly AppointmentSummary[];
  readonly showsDay: boolean;
  readonly onOpen: (appointment: AppointmentSummary) => void;
}

function Part({ title, frame, appointments, showsDay, onOpen }: PartProps) {
  if (appointments.length === 0) return null;
  const detailOf = ({ localStart, professionalId }: AppointmentSummary): string | undefined => {
    if (showsDay) return nameDay(dayOf(localStart));
    return frame.people.length > 1 ? frame.people.find(({ id }) => id === professionalId)?.name : undefined;
  };
  return (
    <Section title={title} count={appointments.length}>
      {appointments.map((appointment) => (
        <li key={appointment.id}>
          <AppointmentLine
            appointment={appointment}
            typeName={frame.describeType(appointment.visitType).name}
            professional={detailOf(appointment)}
            onOpen={onOpen}
          />
        </li>
      ))}
    </Section>
  );
}
