import { text } from './text.ts';

/** The public pages of a clinic. */
export const policyErrors = {
  public_name_taken: text(
    409,
    'Este endereço já é de outra clínica. Escolha outro.',
    'Another clinic has this address already. Choose another one.',
  ),
} as const;
