import { msg } from '@lingui/core/macro';
import { IconCalendar, IconCalendarPlus, IconHourglass, IconSun, IconTicket } from '@tabler/icons-react';
import { openBooking } from '../../entities/appointment/open-booking.ts';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'book',
    group: 'actions',
    label: msg`Agendar`,
    also: msg`marcar horário consulta atendimento encaixe`,
    icon: <IconCalendarPlus aria-hidden="true" />,
    right: 'agenda.write',
    run: () => {
      openBooking();
    },
  },
  {
    id: 'today',
    group: 'pages',
    label: msg`Hoje`,
    also: msg`próximo atendimento a concluir aniversários`,
    icon: <IconSun aria-hidden="true" />,
    right: 'agenda.read',
    run: ({ navigate }) => void navigate({ to: '/hoje' }),
  },
  {
    id: 'waiting-list',
    group: 'pages',
    label: msg`Lista de espera`,
    also: msg`fila vaga desistência`,
    icon: <IconHourglass aria-hidden="true" />,
    right: 'agenda.read',
    run: ({ navigate }) => void navigate({ to: '/espera' }),
  },
  {
    id: 'packages',
    group: 'pages',
    label: msg`Pacotes de sessões`,
    also: msg`pacote sessões combinadas restantes`,
    icon: <IconTicket aria-hidden="true" />,
    right: 'agenda.read',
    run: ({ navigate }) => void navigate({ to: '/pacotes' }),
  },
  {
    id: 'agenda',
    group: 'pages',
    label: msg`Agenda`,
    also: msg`dia semana mês lista horários`,
    icon: <IconCalendar aria-hidden="true" />,
    right: 'agenda.read',
    run: ({ navigate }) => void navigate({ to: '/agenda' }),
  },
];
