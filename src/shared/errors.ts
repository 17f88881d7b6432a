/** What can go wrong, in the words a clinic reads. Codes are stable; texts may be improved freely. */

export type Locale = 'pt-BR' | 'en';

interface ErrorText {
  readonly status: number;
  readonly 'pt-BR': string;
  readonly en: string;
}

const text = (status: number, pt: string, en: string): ErrorText => ({ status, 'pt-BR': pt, en });

/** Problems a request can end with (RFC 9457). The key is the `code` of the answer. */
export const errorCatalogue = {
  bad_request: text(
    400,
    'O pedido não pôde ser lido. Confira o formato dos dados.',
    'The request could not be read. Check the format of its data.',
  ),
  not_utf8: text(
    400,
    'Os dados não estão em UTF-8, e letras com acento se perderiam. Envie-os em UTF-8.',
    'The data is not in UTF-8, and accented letters would be lost. Send it in UTF-8.',
  ),
  repeated_name: text(
    400,
    'Um nome aparece duas vezes no mesmo objeto do JSON. Envie cada um uma vez.',
    'A name stands twice in one object of the JSON. Send each of them once.',
  ),
  broken_form: text(
    400,
    'O formulário chegou incompleto ou com defeito. Envie o arquivo de novo.',
    'The form arrived incomplete or damaged. Send the file again.',
  ),
  unknown_host: text(400, 'Este endereço não atende por este nome.', 'This server does not answer to that host name.'),
  unauthenticated: text(401, 'Entre para continuar.', 'Sign in to continue.'),
  invalid_token: text(
    401,
    'Sua credencial de acesso não é válida. Entre de novo.',
    'Your access credential is not valid. Sign in again.',
  ),
  token_expired: text(
    401,
    'Seu acesso expirou. Renove a sessão ou entre de novo.',
    'Your access has expired. Refresh the session or sign in again.',
  ),
  session_ended: text(401, 'Esta sessão foi encerrada. Entre de novo.', 'This session has ended. Sign in again.'),
  invalid_code: text(
    401,
    'Código incorreto ou expirado. Confira o e-mail mais recente ou peça outro código.',
    'Wrong or expired code. Check the latest e-mail or ask for another code.',
  ),
  superseded_code: text(
    401,
    'Este código foi substituído por um mais novo. Use o do último e-mail.',
    'A newer code has replaced this one. Use the one in the latest e-mail.',
  ),
  invalid_link: text(
    401,
    'Este link já foi usado ou expirou. Peça um código novo: o e-mail traz outro link.',
    'This link was used or has expired. Ask for a new code: its mail brings another link.',
  ),
  invalid_passkey: text(
    401,
    'Esta chave de acesso não foi aceita. Tente de novo ou entre com um código por e-mail.',
    'This passkey was not accepted. Try again or sign in with a code by e-mail.',
  ),
  forbidden: text(403, 'Seu perfil não permite esta ação.', 'Your role does not allow this action.'),
  cross_origin: text(403, 'Pedido recusado: veio de outra origem.', 'Request refused: it came from another origin.'),
  not_found: text(404, 'Não encontramos o que você pediu.', 'We could not find what you asked for.'),
  method_not_allowed: text(405, 'Esta ação não existe neste endereço.', 'This address does not support that action.'),
  request_timeout: text(408, 'O pedido demorou demais para chegar.', 'The request took too long to arrive.'),
  duplicate_phone: text(
    409,
    'Este telefone já é de outro cadastro da clínica.',
    'Another client of the clinic already has this phone.',
  ),
  duplicate_document: text(
    409,
    'Este CPF ou CNPJ já é de outro cadastro da clínica.',
    'Another client of the clinic already has this document.',
  ),
  duplicate_email: text(
    409,
    'Alguém da clínica já tem este e-mail. Use outro e-mail.',
    'Somebody of the clinic has this e-mail already. Use another one.',
  ),
  last_administrator: text(
    409,
    'A clínica precisa de ao menos um administrador ativo. Torne outra pessoa administradora antes.',
    'The clinic needs at least one active administrator. Make someone else an administrator first.',
  ),
  retention_period: text(
    409,
    'Este cadastro ainda precisa ser guardado: a lei pede 20 anos desde o último registro.',
    'This record still has to be kept: the law requires 20 years from the last entry.',
  ),
  client_archived: text(
    409,
    'Um dos cadastros está arquivado. Veja como eles estão agora.',
    'One of the records is archived. Check their current state.',
  ),
  merge_undone: text(409, 'Esta união já foi desfeita.', 'This merge has already been undone.'),
  merge_expired: text(
    409,
    'Uma união pode ser desfeita em até 30 dias. Este prazo passou.',
    'A merge can be undone within 30 days. That time has passed.',
  ),
  duplicate_passkey: text(409, 'Esta chave de acesso já está cadastrada.', 'This passkey has already been added.'),
  too_many_passkeys: text(
    409,
    'Você já tem 10 chaves de acesso. Remova uma que não usa mais e tente de novo.',
    'You already have 10 passkeys. Remove one that you no longer use and try again.',
  ),
  conflict: text(
    409,
    'Outra pessoa fez uma mudança ao mesmo tempo. Tente de novo.',
    'Someone else made a change at the same time. Try again.',
  ),
  import_file_gone: text(
    409,
    'O arquivo desta importação não está mais guardado. Envie o arquivo de novo.',
    'The file of this import is no longer kept. Send it again.',
  ),
  import_not_undoable: text(
    409,
    'Esta importação não pode ser desfeita: não terminou, já foi desfeita ou passou de 30 dias.',
    'This import cannot be undone: it has not finished, was undone already or is over 30 days old.',
  ),
  stale: text(
    412,
    'Este cadastro mudou desde que você o abriu. Veja a versão atual antes de salvar.',
    'This record has changed since you opened it. Look at the current version before saving.',
  ),
  payload_too_large: text(413, 'O envio é grande demais.', 'What was sent is too large.'),
  unsupported_media_type: text(
    415,
    'Envie os dados como application/json, em UTF-8 e sem compressão; arquivos, como multipart/form-data.',
    'Send the data as application/json, in UTF-8 and not compressed; files as multipart/form-data.',
  ),
  invalid_request: text(422, 'Alguns dados precisam de correção.', 'Some data needs correcting.'),
  passkey_refused: text(
    422,
    'A chave de acesso não pôde ser cadastrada. Comece de novo.',
    'The passkey could not be added. Start again.',
  ),
  idempotency_key_reused: text(
    422,
    'Esta Idempotency-Key já foi usada com outros dados.',
    'This Idempotency-Key was already used with other data.',
  ),
  precondition_required: text(
    428,
    'Informe o cabeçalho If-Match com o ETag do cadastro.',
    'Send the If-Match header with the ETag of the record.',
  ),
  too_many_requests: text(
    429,
    'Muitas tentativas. Aguarde um pouco e tente de novo.',
    'Too many attempts. Wait a little and try again.',
  ),
  too_many_imports: text(
    429,
    'A clínica tem importações demais ao mesmo tempo. Espere que terminem e tente de novo.',
    'The clinic has too many imports at once. Wait until they are done and try again.',
  ),
  headers_too_large: text(
    431,
    'Os cabeçalhos do pedido são grandes demais.',
    'The headers of the request are too large.',
  ),
  internal: text(
    500,
    'Algo falhou do nosso lado. Tente de novo; se continuar, informe o número do pedido.',
    'Something failed on our side. Try again; if it keeps happening, tell us the request id.',
  ),
  too_slow: text(
    503,
    'Esta consulta demorou demais e foi interrompida. Tente com menos palavras ou outros filtros.',
    'This took too long and was stopped. Try fewer words or other filters.',
  ),
  unavailable: text(
    503,
    'O serviço está indisponível por um momento. Tente de novo em instantes.',
    'The service is temporarily unavailable. Try again shortly.',
  ),
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorCatalogue;

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
  invalid_code_format: { 'pt-BR': 'O código tem 6 números.', en: 'The code has 6 digits.' },
  invalid_cursor: {
    'pt-BR': 'Este cursor não serve para esta lista. Recomece da primeira página.',
    en: 'This cursor does not fit this list. Start again from the first page.',
  },
  professional_not_found: {
    'pt-BR': 'Escolha um profissional ativo da clínica.',
    en: 'Choose an active professional of the clinic.',
  },
} as const;

export type FieldErrorCode = keyof typeof fieldErrorCatalogue;

export interface FieldError {
  /** Where, dotted: `address.postalCode`. Empty for the whole body. */
  readonly path: string;
  readonly code: FieldErrorCode;
  readonly message: string;
}

/** A field's error in words. `limit` fills `{n}`. */
export function fieldError(path: string, code: FieldErrorCode, locale: Locale, limit?: number | bigint): FieldError {
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

/** Nothing was given: told by the input, because a schema's own words stand for a wrong type and for none at all. */
const isMissing = (issue: Issue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value') && 'input' in issue && issue.input === undefined;

function codeOf(issue: Issue): FieldErrorCode {
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
 * zod's issues as field errors. Schemas name their own errors by giving a field error code as the message; anything
 * else is told by the kind of the issue. Parse with `reportInput: true` so that a missing field reads `required`.
 */
export function fieldErrorsOf(issues: readonly Issue[], locale: Locale): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return (issue.keys ?? []).map((key) => fieldError(path === '' ? key : `${path}.${key}`, 'unknown_field', locale));
    return [fieldError(path, codeOf(issue), locale, issue.maximum ?? issue.minimum)];
  });
}

/** An RFC 9457 problem as it travels. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}
