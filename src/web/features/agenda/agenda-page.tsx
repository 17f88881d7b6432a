import styles from './agenda-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconCalendarPlus, IconHourglass, IconPrinter, IconTicket } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import type { AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { openBooking } from '../../entities/appointment/open-booking.ts';
import { useAgendaChanges } from '../../entities/appointment/use-agenda-changes.ts';
import { dayOf } from '../../lib/wall-time.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { AgendaToolbar } from './agenda-toolbar.tsx';
import { DayView } from './day/day-view.tsx';
import { AppointmentPanel } from './panel/appointment-panel.tsx';
import { ListView } from './period/list-view.tsx';
import { MonthView } from './period/month-view.tsx';
import { WeekView } from './period/week-view.tsx';
import { firstDayShown } from './agenda-address.ts';
import { useAgendaAddress } from './use-agenda-address.ts';
import { useAgendaFrame } from './use-agenda-frame.ts';
import { useNow } from './use-now.ts';

const views = { dia: DayView, semana: WeekView, mes: MonthView, lista: ListView } as const;

/** The agenda: a day, a week, a month or a list; an appointment opens over it. */
export function AgendaPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const frame = useAgendaFrame();
  const now = useNow(frame.timeZone);
  const address = useAgendaAddress(dayOf(now));
  const { day, view, person, open, go } = address;
  useAgendaChanges();
  const onOpen = useCallback(
    ({ id }: AppointmentSummary) => {
      go({ atendimento: id });
    },
    [go],
  );
  const View = views[view];
  return (
    <Page
      title={t`Agenda`}
      toolbar={<AgendaToolbar frame={frame} now={now} address={address} />}
      actions={
        <>
          <Entry
            label={t`Lista de espera`}
            icon={<IconHourglass aria-hidden="true" />}
            onClick={() => void navigate({ to: '/espera' })}
          />
          <Entry
            label={t`Pacotes de sessões`}
            icon={<IconTicket aria-hidden="true" />}
            onClick={() => void navigate({ to: '/pacotes' })}
          />
          <Entry
            label={t`Imprimir o dia`}
            icon={<IconPrinter aria-hidden="true" />}
            onClick={() => void navigate({ to: '/agenda/imprimir', search: { dia: day } })}
          />
        </>
      }
      {...(frame.mayWrite && {
        primary: (
          <Button
            variant="primary"
            icon={<IconCalendarPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              openBooking({ professionalId: person, day: firstDayShown(day, view) });
            }}
          >
            <Trans>Agendar</Trans>
          </Button>
        ),
      })}
    >
      <View frame={frame} day={day} now={now} person={person} onGo={go} onOpen={onOpen} />
      {open !== undefined && (
        <AppointmentPanel
          id={open}
          onClose={() => {
            go({ atendimento: undefined }, true);
          }}
        />
      )}
    </Page>
  );
}

interface EntryProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

/** A way to another page: an icon, with its words where there is room. */
const Entry = ({ label, icon, onClick }: EntryProps) => (
  <Button variant="quiet" className={styles['entry']} icon={icon} title={label} aria-label={label} onClick={onClick}>
    <span className={styles['entry-words']}>{label}</span>
  </Button>
);
