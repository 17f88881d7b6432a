import { text } from './text.ts';

/** Records that have to be kept, or are anonymous already. */
export const retentionErrors = {
  retention_period: text(
    409,
    'Este cadastro ainda precisa ser guardado. A prévia mostra o que, até quando e por qual lei.',
    'This record still has to be kept. The preview shows what, until when and by which law.',
  ),
  kept_for_good: text(
    409,
    'A clínica guarda os registros de atendimento sem prazo. Quem administra pode mudar isso nos ajustes.',
    'The clinic keeps clinical records for good. An administrator can change that in the settings.',
  ),
  already_anonymized: text(
    409,
    'Este cadastro está anônimo, e continua assim.',
    'This record is anonymous, and stays so.',
  ),
} as const;
