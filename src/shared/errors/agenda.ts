import { type Reasons, text } from './text.ts';

/** Appointments, series and what they need. */
export const agendaErrors = {
  appointment_conflict: text(
    409,
    'Este horário já está ocupado. Escolha um dos horários próximos ou marque um encaixe.',
    'This time is taken. Choose one of the nearest free times, or book it with a reason.',
  ),
  client_conflict: text(
    409,
    'O cliente já tem outro atendimento neste horário. Confirme se é isso mesmo ou escolha outro horário.',
    'The client has another appointment at this time. Confirm that this is meant, or choose another time.',
  ),
  overlap_forbidden: text(
    409,
    'A clínica não permite encaixes. Escolha um horário livre.',
    'The clinic does not allow overlapping appointments. Choose a free time.',
  ),
  not_bookable: text(
    409,
    'Não é possível agendar: o profissional não atende mais ou o cadastro do cliente está arquivado.',
    'This cannot be booked: the professional has left, or the client is archived.',
  ),
  invalid_transition: text(
    409,
    'O atendimento não pode passar para este estado. Atualize a página e veja o estado atual.',
    'The appointment cannot take this state. Reload to see its present one.',
  ),
  series_conflict: text(
    409,
    'Algumas datas da série não estão livres. Nada foi agendado: escolha o que fazer com cada uma.',
    'Some dates of the series are not free. Nothing was booked: choose what to do with each.',
  ),
  package_used_up: text(
    409,
    'O pacote não tem tantas sessões livres. Aumente o total ou agende fora do pacote.',
    'The package has not so many sessions left. Raise its total, or book outside of it.',
  ),
  duplicate_holiday: text(409, 'Já existe um feriado nesta data.', 'There is a holiday on this date already.'),
  duplicate_visit_type: text(
    409,
    'Já existe um tipo de atendimento com esta chave.',
    'There is a kind of visit with this key already.',
  ),
  duplicate_room: text(
    409,
    'Já existe uma sala com este nome. Use outro nome ou coloque em uso a que existe.',
    'There is a room with this name already. Use another name, or take that room into use.',
  ),
  client_has_appointments: text(
    409,
    'O cliente ainda tem horários marcados. Cancele-os antes de arquivar o cadastro.',
    'The client has coming appointments. Cancel them before archiving the record.',
  ),
  list_full: text(
    409,
    'A lista chegou ao limite. Remova ou reaproveite um item antes de incluir outro.',
    'The list has reached its limit. Remove or reuse an entry before adding another.',
  ),
} as const;

/** Reasons of the code too_many_requests. */
export const agendaReasons = {
  calendar_feeds: {
    'pt-BR': 'Você já tem {n} endereços de agenda. Revogue um que não usa mais.',
    en: 'You have {n} calendar addresses already. Revoke one that you no longer use.',
  },
  push_subscriptions: {
    'pt-BR': 'Você já recebe avisos em {n} aparelhos. Desligue os avisos em um deles.',
    en: 'You get notifications on {n} devices already. Turn them off on one of them.',
  },
} as const satisfies Reasons;
