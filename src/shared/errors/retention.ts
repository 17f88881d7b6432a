import { text } from './text.ts';

/** Records that the law requires to be kept. */
export const retentionErrors = {
  retention_period: text(
    409,
    'Este cadastro ainda precisa ser guardado: a lei pede 20 anos desde o último registro.',
    'This record still has to be kept: the law requires 20 years from the last entry.',
  ),
} as const;
