import { type Reasons, text } from './text.ts';

/** Problems of a request as such (its format, size or origin) and failures of the server. Features never throw these. */
export const httpErrors = {
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
  cross_origin: text(403, 'Pedido recusado: veio de outra origem.', 'Request refused: it came from another origin.'),
  method_not_allowed: text(405, 'Esta ação não existe neste endereço.', 'This address does not support that action.'),
  not_acceptable: text(
    406,
    'Este endereço responde só em JSON: application/fhir+json.',
    'This address answers in JSON alone: application/fhir+json.',
  ),
  request_timeout: text(408, 'O pedido demorou demais para chegar.', 'The request took too long to arrive.'),
  payload_too_large: text(413, 'O envio é grande demais.', 'What was sent is too large.'),
  unsupported_media_type: text(
    415,
    'Envie os dados como application/json, em UTF-8 e sem compressão; arquivos, como multipart/form-data.',
    'Send the data as application/json, in UTF-8 and not compressed; files as multipart/form-data.',
  ),
  precondition_required: text(
    428,
    'Informe o cabeçalho If-Match com o ETag do cadastro.',
    'Send the If-Match header with the ETag of the record.',
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
} as const;

/** Texts that replace a code's own text. */
export const httpReasons = {
  more_errors: {
    'pt-BR': 'Alguns dados precisam de correção. Além dos listados, há mais {n}.',
    en: 'Some data needs correcting. There are {n} more besides those listed.',
  },
} as const satisfies Reasons;
