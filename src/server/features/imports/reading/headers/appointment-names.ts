import type { AppointmentColumn } from '../../../../../shared/appointment-columns.ts';
import { keyOf } from './header-names.ts';

/**
 * Names of columns in lists of appointments. Many mean something else in a list of clients (`Observações`, `Tipo`), so they count
 * only where the list is one of appointments.
 */
const spellings: Readonly<Record<AppointmentColumn, string>> = {
  'appointment.date':
    'data dia data_consulta data_agendamento data_atendimento data_sessao data_visita data_marcada data_compromisso dia_consulta dia_atendimento data_hora data_horario data_hora_inicio data_hora_consulta data_hora_agendamento data_hora_atendimento data_e_hora data_e_horario data_e_hora_inicio data_e_hora_consulta data_e_hora_agendamento data_e_hora_atendimento data_e_hora_sessao data_inicio inicio inicia_em date appointment_date visit_date session_date datetime date_time appointment_datetime start start_date start_datetime starts_at start_at localstart local_start',
  'appointment.time':
    'hora horario hora_inicio hora_inicial horario_inicio horario_inicial hora_consulta horario_consulta hora_agendamento horario_agendamento hora_atendimento horario_atendimento hora_sessao horario_sessao hora_marcada time start_time appointment_time',
  'appointment.end':
    'fim termino hora_fim hora_final hora_termino horario_fim horario_final horario_termino data_fim data_hora_fim termina_em ate end end_time end_date ends_at end_at local_end localend',
  'appointment.minutes':
    'duracao duracao_min duracao_minutos duracao_em_minutos duracao_consulta tempo_consulta tempo_atendimento minutos duration duration_minutes duration_min minutes length',
  'appointment.professional':
    'profissional nome_profissional profissional_responsavel medico medica nome_medico terapeuta psicologo psicologa dentista fisioterapeuta nutricionista doutor doutora email_profissional profissional_email agenda professional professional_name professional_email provider practitioner doctor therapist',
  'appointment.visitType':
    'tipo tipo_consulta tipo_atendimento tipo_agendamento tipo_visita tipo_sessao servico procedimento visit_type visittype appointment_type service type',
  'appointment.status':
    'status situacao status_consulta status_agendamento status_atendimento situacao_consulta situacao_agendamento situacao_atendimento presenca comparecimento appointment_status',
  'appointment.room': 'sala consultorio sala_atendimento room',
  'appointment.notes':
    'observacoes observacoes_consulta observacoes_agendamento observacoes_atendimento anotacoes notas descricao comentarios notes note comments appointment_notes description',
};

const meanings = new Map<string, AppointmentColumn>();
for (const [meaning, names] of Object.entries(spellings))
  for (const name of names.split(' ')) meanings.set(keyOf(name), meaning as AppointmentColumn);

/** What a column of a list of appointments holds by its header; undefined for other headers. */
export const appointmentMeaningOf = (header: string): AppointmentColumn | undefined => meanings.get(keyOf(header));

/** Whether the header of a column of days says that it has the time, too: `Data e hora`, `Início`. */
export const holdsTime = (header: string): boolean => /hora|inici|datetime|date_time|start/.test(keyOf(header));

/** Whether the header of a column of days says that they are those of appointments: `Data da consulta`. */
export const isOfVisits = (header: string): boolean =>
  /consulta|agendamento|atendimento|sessao|visita|appointment|visit|session/.test(keyOf(header));
