import type { Locale } from '../../../../shared/errors.ts';
import type { AppointmentProblemCode } from '../reading/rows/rows.ts';

/** Why an appointment of a file is not booked, and what to do. */
export const appointmentTexts: Readonly<Record<AppointmentProblemCode, Readonly<Record<Locale, string>>>> = {
  day_missing: { 'pt-BR': 'Falta o dia da consulta.', en: 'The day of the appointment is missing.' },
  time_missing: {
    'pt-BR': 'Falta a hora: sem ela a consulta não entra na agenda. Escreva, por exemplo, 10/12/2026 14:30.',
    en: 'The time is missing: without it nothing can be booked. Write, for example, 10/12/2026 14:30.',
  },
  unknown_status: {
    'pt-BR': 'Não conhecemos esta situação. Escreva agendado, confirmado, atendido, faltou ou cancelado.',
    en: 'This state is unknown. Write scheduled, confirmed, done, no-show or canceled.',
  },
  past_appointment: {
    'pt-BR': 'Este horário já passou: não vai para a agenda como próxima consulta.',
    en: 'This time is past: it is not booked as the next appointment.',
  },
  still_ahead: {
    'pt-BR': 'Este horário ainda não chegou, e a situação diz que a consulta já terminou. Corrija um dos dois.',
    en: 'This time is still ahead, and the state says that it is over. Correct one of the two.',
  },
  time_taken: {
    'pt-BR': 'O profissional já tem outra consulta neste horário. Escolha outro horário.',
    en: 'The professional has another appointment at this time. Choose another time.',
  },
  room_taken: {
    'pt-BR': 'A sala já está ocupada neste horário. Escolha outra sala ou outro horário.',
    en: 'The room is taken at this time. Choose another room or another time.',
  },
  client_elsewhere: {
    'pt-BR': 'Neste horário a pessoa já tem consulta com outro profissional. Escolha outro horário.',
    en: 'At this time the person has an appointment with somebody else. Choose another time.',
  },
  client_archived: {
    'pt-BR': 'O cadastro desta pessoa foi arquivado. Restaure-o e importe de novo.',
    en: 'This client was archived. Restore the record and import again.',
  },
  client_unknown: {
    'pt-BR': 'Não achamos esta pessoa entre os clientes. Cadastre-a, ou importe antes a lista de clientes.',
    en: 'This person is not among the clients. Register them, or import the list of clients first.',
  },
  several_clients: {
    'pt-BR': 'Mais de um cliente pode ser esta pessoa. Preencha o CPF, o telefone ou a data de nascimento.',
    en: 'More than one client may be this person. Fill in the CPF, the phone or the date of birth.',
  },
  professional_unknown: {
    'pt-BR': 'Ninguém da equipe tem este nome ou e-mail. Escreva-o como está na equipe, ou deixe em branco.',
    en: 'Nobody of the team has this name or e-mail. Write it as the team list does, or leave it empty.',
  },
  several_professionals: {
    'pt-BR': 'Mais de uma pessoa da equipe tem este nome. Escreva o nome completo ou o e-mail.',
    en: 'More than one person of the team has this name. Write the full name or the e-mail.',
  },
  agenda_of_another: {
    'pt-BR': 'Esta consulta é de outro profissional. Peça a quem administra a clínica para importá-la.',
    en: 'This appointment is a colleague’s. Ask an administrator of the clinic to import it.',
  },
  professional_not_bookable: {
    'pt-BR': 'Este profissional não atende ou não está mais na equipe. Escolha outro.',
    en: 'This professional does not treat or has left the team. Choose another one.',
  },
  no_visit_type: {
    'pt-BR': 'A clínica não tem nenhum tipo de atendimento em uso. Ative um nos ajustes da agenda.',
    en: 'The clinic has no kind of visit in use. Activate one in the settings of the agenda.',
  },
};
