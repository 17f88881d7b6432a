import type { AppointmentStatus } from '../../../../../shared/contracts/agenda/appointments.ts';
import { foldHeader } from '../headers/header-names.ts';

/** What people and programs call an appointment's states. One that was moved has given its time away. */
const words: Readonly<Record<AppointmentStatus, string>> = {
  scheduled:
    'agendado agendada marcado marcada agendamento aberto aberta em_aberto pendente previsto prevista a_confirmar nao_confirmado nao_confirmada aguardando aguardando_confirmacao scheduled booked pending open',
  confirmed: 'confirmado confirmada confirmed',
  arrived: 'chegou aguardando_atendimento em_espera na_recepcao na_sala_de_espera arrived checked_in waiting',
  inProgress: 'em_atendimento em_andamento atendendo iniciado iniciada in_progress inprogress started',
  done: 'atendido atendida realizado realizada concluido concluida finalizado finalizada encerrado encerrada compareceu presente presenca efetuado efetuada sim ok done completed complete finished attended fulfilled',
  noShow:
    'faltou falta nao_compareceu nao_veio ausente ausencia falta_justificada falta_sem_aviso no_show noshow missed absent',
  canceled:
    'cancelado cancelada cancelou desmarcado desmarcada desmarcou remarcado remarcada reagendado reagendada cancelado_pelo_paciente cancelado_pela_clinica canceled cancelled rescheduled',
};

const statuses = new Map<string, AppointmentStatus>();
for (const [status, names] of Object.entries(words))
  for (const name of names.split(' ')) statuses.set(name, status as AppointmentStatus);

/** The most characters of a state. */
const longest = 60;

/** Reads an appointment's state. @returns undefined for other text */
export const readStatus = (cell: string): AppointmentStatus | undefined =>
  cell.length > longest ? undefined : statuses.get(foldHeader(cell));
