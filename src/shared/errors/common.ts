import { text } from './text.ts';

/** Errors that any feature can throw. */
export const commonErrors = {
  forbidden: text(403, 'Seu perfil não permite esta ação.', 'Your role does not allow this action.'),
  not_found: text(404, 'Não encontramos o que você pediu.', 'We could not find what you asked for.'),
  invalid_request: text(422, 'Alguns dados precisam de correção.', 'Some data needs correcting.'),
  too_many_requests: text(
    429,
    'Muitas tentativas. Aguarde um pouco e tente de novo.',
    'Too many attempts. Wait a little and try again.',
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
} as const;
