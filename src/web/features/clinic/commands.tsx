import { msg } from '@lingui/core/macro';
import { IconBeach, IconBuildingHospital, IconClock, IconRss, IconStethoscope, IconTags } from '@tabler/icons-react';
import type { CommandEntry } from '../../lib/feature.ts';

export const commands: readonly CommandEntry[] = [
  {
    id: 'clinic',
    group: 'pages',
    label: msg`Clínica`,
    also: msg`endereço fuso lembretes feriados encaixe`,
    icon: <IconBuildingHospital aria-hidden="true" />,
    right: 'clinic.manage',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/clinica' }),
  },
  {
    id: 'visit-types',
    group: 'pages',
    label: msg`Tipos de atendimento e salas`,
    also: msg`consulta duração`,
    icon: <IconStethoscope aria-hidden="true" />,
    right: 'clinic.manage',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/atendimentos' }),
  },
  {
    id: 'tags',
    group: 'pages',
    label: msg`Etiquetas`,
    also: msg`avisos alergia renomear unir cores`,
    icon: <IconTags aria-hidden="true" />,
    right: 'clinic.manage',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/etiquetas' }),
  },
  {
    id: 'hours',
    group: 'pages',
    label: msg`Horários de atendimento`,
    also: msg`expediente semana`,
    icon: <IconClock aria-hidden="true" />,
    right: 'agenda.hours',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/horarios' }),
  },
  {
    id: 'absences',
    group: 'pages',
    label: msg`Ausências e feriados`,
    also: msg`férias folga congresso`,
    icon: <IconBeach aria-hidden="true" />,
    right: 'agenda.hours',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/ausencias' }),
  },
  {
    id: 'feeds',
    group: 'pages',
    label: msg`Agenda em outro calendário`,
    also: msg`google outlook apple ics`,
    icon: <IconRss aria-hidden="true" />,
    right: 'agenda.read',
    run: ({ navigate }) => void navigate({ to: '/configuracoes/calendario' }),
  },
];
