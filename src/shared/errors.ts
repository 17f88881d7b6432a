import { optionalHolidayNames } from './optional-holidays.ts';

/** What can be wrong with a field, in the words a clinic reads. Codes are stable; texts may be improved freely. */

export type Locale = 'pt-BR' | 'en';

/** What can be wrong with one field. `{n}` stands for the limit that was passed. */
export const fieldErrorCatalogue = {
  required: { 'pt-BR': 'Preencha este campo.', en: 'Fill in this field.' },
  blank: { 'pt-BR': 'Escreva ao menos uma letra.', en: 'Write at least one letter.' },
  too_short: { 'pt-BR': 'Use ao menos {n}.', en: 'Use at least {n}.' },
  too_long: { 'pt-BR': 'Use no máximo {n}.', en: 'Use at most {n}.' },
  invalid_type: { 'pt-BR': 'Este valor não é do tipo esperado.', en: 'This value is not of the expected type.' },
  invalid_value: { 'pt-BR': 'Este valor não é aceito aqui.', en: 'This value is not accepted here.' },
  invalid_text: {
    'pt-BR': 'O texto tem caracteres de controle que não podem ser guardados.',
    en: 'The text has control characters that cannot be stored.',
  },
  damaged_text: {
    'pt-BR': 'O texto já veio com letras perdidas (�). Escreva-o de novo.',
    en: 'The text came with letters lost (�). Write it again.',
  },
  unnamed_file: {
    'pt-BR': 'O arquivo veio sem nome. Envie-o com um, como clientes.csv.',
    en: 'The file came without a name. Send it with one, such as clients.csv.',
  },
  repeated_name: {
    'pt-BR': 'Um nome aparece duas vezes neste JSON. Envie cada um uma vez.',
    en: 'A name stands twice in this JSON. Send each of them once.',
  },
  unknown_field: { 'pt-BR': 'Este campo não existe.', en: 'There is no such field.' },
  invalid_email: {
    'pt-BR': 'Confira o e-mail: ele deve ser como nome@exemplo.com.br.',
    en: 'Check the e-mail: it should look like name@example.com.',
  },
  too_much_extra: {
    'pt-BR': 'Os campos extras passam de 512 itens ou de 64 KB no total. Tire ou encurte alguns.',
    en: 'The extra fields exceed 512 items or 64 KB in all. Take out or shorten some.',
  },
  invalid_phone: {
    'pt-BR': 'Confira o telefone: DDD e número, como (11) 98765-4321.',
    en: 'Check the phone: area code and number, such as (11) 98765-4321.',
  },
  invalid_area_code: {
    'pt-BR': 'DDD inválido: são dois algarismos, como 11.',
    en: 'Invalid area code: it has two digits, such as 11.',
  },
  invalid_cpf: { 'pt-BR': 'CPF inválido: confira os dígitos.', en: 'Invalid CPF: check its digits.' },
  invalid_cnpj: { 'pt-BR': 'CNPJ inválido: confira os caracteres.', en: 'Invalid CNPJ: check its characters.' },
  invalid_document: {
    'pt-BR': 'Informe um CPF (11 dígitos) ou CNPJ (14 caracteres).',
    en: 'Enter a CPF (11 digits) or CNPJ (14 characters).',
  },
  invalid_postal_code: {
    'pt-BR': 'CEP inválido: são 8 dígitos, como 01310-100.',
    en: 'Invalid CEP: it has 8 digits, such as 01310-100.',
  },
  invalid_state: { 'pt-BR': 'Use a sigla do estado, como SP.', en: 'Use the two letters of the state, such as SP.' },
  invalid_date: {
    'pt-BR': 'Data inválida: use dia, mês e ano que existam.',
    en: 'Invalid date: use a day, month and year that exist.',
  },
  date_in_future: { 'pt-BR': 'A data não pode estar no futuro.', en: 'The date cannot be in the future.' },
  invalid_time: {
    'pt-BR': 'Horário inválido: use dia e hora que existam.',
    en: 'Invalid time: use a day and an hour that exist.',
  },
  one_start: {
    'pt-BR': 'Informe o início uma vez só: startAt ou localStart.',
    en: 'Give the start once: startAt or localStart.',
  },
  one_end: {
    'pt-BR': 'Informe o fim ou a duração uma vez só.',
    en: 'Give the end or the duration once.',
  },
  one_series_end: {
    'pt-BR': 'Informe o número de datas ou a data final da série, não os dois.',
    en: 'Give the number of dates or the last day of the series, not both.',
  },
  one_duration: {
    'pt-BR': 'Informe o tipo de atendimento ou a duração, não os dois.',
    en: 'Give the kind of visit or the duration, not both.',
  },
  ends_before_start: { 'pt-BR': 'O fim precisa vir depois do início.', en: 'The end has to come after the start.' },
  already_over: { 'pt-BR': 'Este momento já passou.', en: 'This moment is over.' },
  covering_too_long: {
    'pt-BR': 'Uma cobertura dura no máximo 30 dias.',
    en: 'A covering lasts 30 days at most.',
  },
  invalid_length: {
    'pt-BR': 'Um atendimento dura de 5 minutos a 12 horas.',
    en: 'An appointment takes from 5 minutes to 12 hours.',
  },
  no_minutes: {
    'pt-BR': 'Informe quantos minutos, para mais ou para menos.',
    en: 'Say how many minutes, later or earlier.',
  },
  beyond_calendar: {
    'pt-BR': 'A agenda vai até o ano 2100. Use menos datas.',
    en: 'The agenda ends with the year 2100. Use fewer dates.',
  },
  unknown_holiday: {
    'pt-BR': `Este não é um feriado facultativo conhecido. Use: ${optionalHolidayNames.join(', ')}.`,
    en: `This is no optional holiday that is known. Use: ${optionalHolidayNames.join(', ')}.`,
  },
  leaves_the_day: {
    'pt-BR': 'Assim algum atendimento passaria para outro dia.',
    en: 'With this an appointment would move to another day.',
  },
  window_too_long: {
    'pt-BR': 'O período passa de {n} dias. Peça um período menor.',
    en: 'The window exceeds {n} days. Ask for a shorter one.',
  },
  invalid_key: {
    'pt-BR': 'Use letras minúsculas sem acento, números e hífens, começando por uma letra.',
    en: 'Use lower-case letters without accents, digits and hyphens, beginning with a letter.',
  },
  only_months: { 'pt-BR': 'Isto vale só para séries mensais.', en: 'This is for monthly series only.' },
  visit_type_not_found: {
    'pt-BR': 'Escolha um tipo de atendimento em uso na clínica.',
    en: 'Choose a kind of visit that the clinic uses.',
  },
  invalid_code_format: { 'pt-BR': 'O código tem 6 números.', en: 'The code has 6 digits.' },
  invalid_cursor: {
    'pt-BR': 'Este cursor não serve para esta lista. Recomece da primeira página.',
    en: 'This cursor does not fit this list. Start again from the first page.',
  },
  guardian_required: {
    'pt-BR': 'Quem tem menos de 18 anos consente por um responsável: informe o nome e o parentesco.',
    en: 'A guardian consents for whoever is under 18: give their name and relation.',
  },
  makeup_of_another: {
    'pt-BR': 'A reposição é de outra consulta do mesmo cliente.',
    en: 'What is made up for is another appointment of the same client.',
  },
  incident_subject: {
    'pt-BR': 'Informe a conta, o aparelho ou o endereço IP por onde aconteceu.',
    en: 'Name the account, the device or the IP address through which it happened.',
  },
  professional_not_found: {
    'pt-BR': 'Escolha um profissional ativo da clínica.',
    en: 'Choose an active professional of the clinic.',
  },
} as const;

export type FieldErrorCode = keyof typeof fieldErrorCatalogue;

/** What is wrong with a field, without a message. */
export interface FieldFault {
  /** The field's path: `address.postalCode`; empty for the whole body. */
  readonly path: string;
  readonly code: FieldErrorCode;
  /** The limit that replaces `{n}` in the message. */
  readonly limit?: number | bigint | undefined;
}

/** What is wrong with a field, with a message for people. */
export interface FieldError extends Pick<FieldFault, 'path' | 'code'> {
  readonly message: string;
}

/** Adds the message to a field's fault. */
export function fieldError({ path, code, limit }: FieldFault, locale: Locale): FieldError {
  const message = fieldErrorCatalogue[code][locale].replace('{n}', limit === undefined ? '' : String(limit));
  return { path, code, message };
}

/** The part of a zod issue that becomes words. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly maximum?: number | bigint;
  readonly minimum?: number | bigint;
  readonly format?: string;
}

const isFieldErrorCode = (code: string): code is FieldErrorCode => Object.hasOwn(fieldErrorCatalogue, code);

/** Whether no value was given. Asked of the input, because a schema's own message is the same for a wrong type and for none. */
const isMissing = (issue: Issue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value') && 'input' in issue && issue.input === undefined;

function chooseCode(issue: Issue): FieldErrorCode {
  if (isMissing(issue)) return 'required';
  if (isFieldErrorCode(issue.message)) return issue.message;
  switch (issue.code ?? '') {
    case 'too_big':
      return 'too_long';
    case 'too_small':
      return 'too_short';
    case 'invalid_format':
      return issue.format === 'email' ? 'invalid_email' : 'invalid_value';
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'invalid_type';
    default:
      return 'invalid_value';
  }
}

/**
 * Turns zod's issues into faults of fields. A schema names an error of its own by giving a field error code as the message; other
 * codes follow from the kind of the issue. Parse with `reportInput: true`, or a missing field cannot be told to be `required`.
 */
export function toFieldFaults(issues: readonly Issue[]): FieldFault[] {
  return issues.flatMap((issue): FieldFault[] => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return (issue.keys ?? []).map((key) => ({ path: path === '' ? key : `${path}.${key}`, code: 'unknown_field' }));
    return [{ path, code: chooseCode(issue), limit: issue.maximum ?? issue.minimum }];
  });
}

/** Turns zod's issues into field errors: faults with messages. */
export const toFieldErrors = (issues: readonly Issue[], locale: Locale): FieldError[] =>
  toFieldFaults(issues).map((fault) => fieldError(fault, locale));
