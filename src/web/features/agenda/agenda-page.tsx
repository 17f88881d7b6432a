import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconCalendarPlus, IconHourglass, IconPrinter, IconTicket } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { openBooking } from '../../entities/appointment/open-booking.ts';
import { useAgendaChanges } from '../../entities/appointment/use-agenda-changes.ts';
import { dayOf } from '../../lib/wall-time.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { AgendaToolbar } from './agenda-toolbar.tsx';
import { DayView } from './day/day-view.tsx';
import { AppointmentPanel } from './panel/appointment-panel.tsx';
import { ListView } from './period/list-view.tsx';
import { MonthView } from './period/month-view.tsx';
import { WeekView } from './period/week-view.tsx';
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
          <IconButton
            label={t`Lista de espera`}
            icon={<IconHourglass aria-hidden="true" />}
            onClick={() => void navigate({ to: '/espera' })}
          />
          <IconButton
            label={t`Pacotes de sessões`}
            icon={<IconTicket aria-hidden="true" />}
            onClick={() => void navigate({ to: '/pacotes' })}
          />
          <IconButton
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
              openBooking({ professionalId: person });
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
