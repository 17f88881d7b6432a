import { clientLabels, type LabelledField } from '../../../../shared/client-labels.ts';
import { statusLabels } from '../../../../shared/appointment-labels.ts';
import type { CopyPart } from '../../../feature.ts';

/** The headings of a copy's lists, in the order in which they are read. */
export const titles: Readonly<Record<Exclude<CopyPart, 'generatedAt' | 'clinic' | 'professional'>, string>> = {
  client: 'Cadastro',
  appointments: 'Atendimentos e horários',
  series: 'Horários que se repetem',
  sessionPackages: 'Pacotes de sessões',
  waitingList: 'Lista de espera',
  relatives: 'Família',
  reminders: 'Lembretes',
  consents: 'Consentimentos',
  dataRequests: 'Pedidos sobre os seus dados',
  merged: 'Cadastros que foram unidos a este',
  history: 'Histórico do cadastro',
};

/** Where keys of a part are not called as those of a client's record. */
export const partLabels: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = {
  appointments: { notes: 'Observações do atendimento' },
  series: { notes: 'Observações dos atendimentos' },
  reminders: { email: 'Lembretes por e-mail' },
};

const hidden = new RegExp(
  [
    '^(id|version|timeZone|startAt|endAt|localEnd|pending|merges|clientName|clientPhone|durationMinutes)$',
    '^(anonymous|mergedInto|makeupOf)$',
    '(Id|Ids|Etag)$',
  ].join('|'),
);

/** Keys that say nothing to people: ids, counters, and that a person who is named is not anonymous. */
export const isHidden = (key: string): boolean => hidden.test(key);

/** Like isHidden, of a change: there the instants say when an appointment was before. */
export const isHiddenChange = (key: string): boolean => isHidden(key) && key !== 'startAt' && key !== 'endAt';

const labels: Readonly<Record<string, string>> = {
  localStart: 'Início',
  startAt: 'Início',
  endAt: 'Fim',
  owesMakeup: 'Reposição a marcar',
  session: 'Sessão do pacote',
  number: 'Número',
  undoUntil: 'Pode ser desfeito até',
  visitType: 'Tipo',
  title: 'Título',
  location: 'Local',
  status: 'Situação',
  overlap: 'Encaixe',
  cancellation: 'Cancelamento',
  reason: 'Motivo',
  askedBy: 'Pedido por',
  clientAnswer: 'Resposta ao lembrete',
  originalStart: 'Horário da série',
  history: 'Alterações',
  action: 'O que foi feito',
  at: 'Quando',
  by: 'Quem',
  changes: 'Mudanças',
  field: 'Campo',
  from: 'Antes',
  to: 'Depois',
  createdAt: 'Criado em',
  updatedAt: 'Atualizado em',
  archivedAt: 'Arquivado em',
  mergedAt: 'Unido em',
  undoneAt: 'Desfeito em',
  dueAt: 'Prazo',
  answeredAt: 'Respondido em',
  answer: 'Resposta',
  kind: 'Tipo',
  name: 'Nome',
  total: 'Total de sessões',
  used: 'Sessões usadas',
  booked: 'Sessões marcadas',
  closed: 'Encerrado',
  countsLateCancel: 'Cancelamento tardio conta',
  countsNoShow: 'Falta conta',
  lateHours: 'Horas de antecedência',
  weekdays: 'Dias da semana',
  periods: 'Períodos',
  note: 'Anotação',
  rule: 'Repetição',
  every: 'A cada',
  unit: 'Unidade',
  on: 'No mês',
  count: 'Vezes',
  until: 'Até',
  endedAt: 'Terminou em',
  gaps: 'Datas sem horário',
  date: 'Data',
  state: 'Situação',
  email: 'E-mail',
  purpose: 'Finalidade',
  decision: 'Decisão',
  givenOn: 'Respondido em',
  relation: 'Parentesco',
  means: 'Como foi dito',
  recordedAt: 'Registrado em',
  recordedBy: 'Registrado por',
  withdrawal: 'Retirada',
  withdrawnOn: 'Retirado em',
  body: 'Texto',
  sharedPhone: 'Telefone da família',
  extra: 'Outros dados do arquivo importado',
  merge: 'União de cadastros',
};

/** What a key is called: by the client's fields, by the words above, or as it is. */
export const labelOf = (key: string): string =>
  labels[key] ?? (key in clientLabels ? clientLabels[key as LabelledField]['pt-BR'] : key);

/** Within a group the parts have names of their own: `name` of `guardian`. */
export const labelWithin = (group: string, key: string): string => {
  const field = `${group}.${key}`;
  return field in clientLabels ? clientLabels[field as LabelledField]['pt-BR'] : labelOf(key);
};

const values: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(statusLabels).map(([status, words]) => [status, words['pt-BR']])),
  client: 'cliente',
  clinic: 'clínica',
  morning: 'manhã',
  afternoon: 'tarde',
  evening: 'noite',
  week: 'semana',
  month: 'mês',
  day: 'dia',
  parent: 'mãe ou pai',
  child: 'filha ou filho',
  guardian: 'responsável',
  dependent: 'dependente',
  sibling: 'irmã ou irmão',
  partner: 'companheira ou companheiro',
  access: 'acesso',
  correction: 'correção',
  deletion: 'eliminação',
  portability: 'portabilidade',
  information: 'informação',
  withdrawal: 'revogação do consentimento',
  treatment: 'atendimento',
  images: 'uso de imagem',
  messages: 'mensagens',
  given: 'autoriza',
  refused: 'não autoriza',
  paper: 'assinado em papel',
  verbal: 'de viva voz',
  screen: 'na tela',
  mother: 'mãe',
  father: 'pai',
  tutor: 'tutor',
  curator: 'curador',
  other: 'outro',
  create: 'cadastro',
  update: 'alteração',
  archive: 'arquivamento',
  restore: 'reativação',
  import: 'importação',
  import_undone: 'importação desfeita',
  merge: 'união de cadastros',
  unmerge: 'união desfeita',
  series: 'marcação em série',
  shift: 'atraso do dia',
  handOver: 'troca de profissional',
  delete: 'exclusão',
  answer: 'resposta do cliente',
  move: 'remarcação',
  transition: 'mudança de situação',
  confirm: 'confirmou',
  cancel: 'pediu cancelamento',
  reschedule: 'pediu outro horário',
};

/** Keys whose values are codes; elsewhere a word is what somebody wrote. */
const coded = /^(status|askedBy|by|action|kind|unit|on|periods|clientAnswer|state|purpose|decision|relation|means)$/;

/** What a code is called. */
export const wordFor = (key: string, value: string): string => (coded.test(key) ? (values[value] ?? value) : value);
