import { normalizeCharacters } from '../../../../../shared/plain-spelling.ts';
import { foldText } from '../../../../../shared/fold-text.ts';
import { fieldSpellings, type ImportField, importFields } from '../../../../../shared/client-fields.ts';
import type { AppointmentColumn } from '../../../../../shared/appointment-columns.ts';
import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';

/** A header in comparable form: without accents and case, words joined by `_`. */
export const foldHeader = (header: string): string =>
  foldText(normalizeCharacters(header).replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2'))
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

// Abbreviations and other forms of words in headers.
const forms: Readonly<Record<string, string>> = Object.fromEntries(
  'n:numero no:numero nr:numero nro:numero num:numero tel:telefone fone:telefone telefones:telefone cel:celular celulares:celular res:residencial dt:data nasc:nascimento end:endereco compl:complemento obs:observacoes observacao:observacoes est:estado resp:responsavel conv:convenio pac:paciente cli:cliente'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const linking = new Set(['de', 'do', 'da', 'dos', 'das']);
/** Words in headers that add no meaning. */
const asides = new Set(
  'paciente cliente completo completa obrigatorio obrigatoria opcional whatsapp com ddd dd mm aaaa yyyy residencial home'.split(
    ' ',
  ),
);

/** A folded header with each word in one form, so that `N.º do C.P.F.` and `num_cpf` are equal. */
export const keyOf = (header: string): string =>
  foldHeader(header)
    .replaceAll('whats_app', 'whatsapp')
    .replace(/\b[a-z](?:_[a-z])+(?![a-z0-9])/g, (letters) => letters.replaceAll('_', ''))
    .replace(/([a-z])(\d)$/, '$1_$2')
    .split('_')
    .filter((word) => !linking.has(word))
    .map((word) => forms[word] ?? word)
    .join('_');

const withoutAsides = (key: string): string =>
  key
    .split('_')
    .filter((word) => !asides.has(word))
    .join('_');

/** Folded names of columns that are not fields. The names of fields are in the table of fields. */
const otherSpellings: Readonly<Record<Exclude<ColumnMeaning, ImportField | AppointmentColumn | 'extra'>, string>> = {
  'nextAppointment.date':
    'proxima_consulta data_proxima_consulta dia_proxima_consulta data_hora_proxima_consulta data_e_hora_da_proxima_consulta proximo_atendimento data_proximo_atendimento data_e_hora_do_proximo_atendimento proximo_agendamento data_proximo_agendamento data_e_hora_do_proximo_agendamento proxima_sessao data_proxima_sessao proxima_visita data_proxima_visita proximo_horario proxima_consulta_marcada next_appointment next_appointment_date next_visit next_visit_date next_session next_session_date',
  'nextAppointment.time':
    'hora_proxima_consulta horario_proxima_consulta hora_proximo_atendimento horario_proximo_atendimento hora_proximo_agendamento horario_proximo_agendamento hora_proxima_sessao horario_proxima_sessao hora_proxima_visita proxima_consulta_hora proxima_consulta_horario next_appointment_time next_visit_time next_session_time',
  middleName: 'middle_name additional_name segundo_nome nome_do_meio nomes_do_meio outros_nomes middlename',
  fullName:
    'name full_name nome nome_completo paciente nome_do_paciente nome_paciente cliente nome_do_cliente nome_cliente patient patient_name client client_name razao_social nome_razao_social contato',
  extraObject: 'extra',
  areaCode: 'area_code ddd ddd_1 ddd_2 ddd_3 codigo_de_area cod_area prefixo_ddd',
  professionalEmail: 'professional_email email_do_profissional e_mail_do_profissional',
  archivedAt: 'archived_at',
  sharedPhone: 'shared_phone allow_shared_phone telefone_compartilhado phone_shared',
  // Columns of our own list of rejected rows, and values that mean nothing outside the system they come from.
  ignore:
    'id pk uuid linha_do_arquivo motivo_da_recusa professional professional_id profissional_id created_at updated_at phone_1_label phone_2_label phone_3_label phone_4_label phone_1_type phone_2_type phone_3_type phone_4_type e_mail_1_label e_mail_2_label e_mail_3_label e_mail_1_type e_mail_2_type e_mail_3_type address_1_label address_1_type',
};

const meanings = new Map<string, ColumnMeaning>();
for (const [meaning, names] of Object.entries({ ...fieldSpellings, ...otherSpellings }))
  for (const name of names.split(' ')) meanings.set(keyOf(name), meaning as ColumnMeaning);
for (const field of importFields) meanings.set(keyOf(field), field);

/** The most characters of a text that may be the name of a column. */
const longestName = 200;

/** The meaning of a column by its header; undefined for an unknown header. */
export function meaningOf(header: string): ColumnMeaning | undefined {
  if (header.length > longestName) return undefined;
  const key = keyOf(header);
  // `Telefone 1` is the phone, but `Contato 1` is hardly a name.
  const first = meanings.get(key.replace(/_1$/, ''));
  return meanings.get(key) ?? meanings.get(withoutAsides(key)) ?? (first === 'fullName' ? undefined : first);
}

const firms =
  'razao_social denominacao_social nome_empresarial nome_da_empresa empresa company_name company organization_name organization_1_name organization organizacao nome_da_organizacao firma nome_fantasia fantasia trade_name'
    .split(' ')
    .map(keyOf);

/** Whether a column has names of firms, by its header: the lower the rank, the better the name. Undefined for other columns. */
export function firmRankOf(header: string): number | undefined {
  if (header.length > longestName) return undefined;
  const rank = firms.indexOf(keyOf(header));
  return rank < 0 ? undefined : rank;
}

/** Whether the header of a phone column says that it has mobile phones. */
export const isMobile = (header: string): boolean =>
  /(?:^|_)(?:celular|mobile|cell|whatsapp)(?:_|$)/.test(keyOf(header));
