import { text } from './text.ts';

/** Consents of clients. */
export const consentErrors = {
  consent_not_given: text(
    409,
    'Não há consentimento a retirar: ele foi recusado, ou já foi retirado. Atualize a ficha para ver.',
    'There is no consent to withdraw: it was refused, or withdrawn already. Reload to see it.',
  ),
  messages_refused: text(
    409,
    'Este cliente não autoriza mensagens. Fale por telefone ou na próxima visita.',
    'This client wants no messages. Call, or talk at the next visit.',
  ),
} as const;
