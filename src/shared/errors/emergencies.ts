import { text } from './text.ts';

/** Clients of colleagues, opened in an emergency. */
export const emergencyErrors = {
  client_in_reach: text(
    409,
    'Você já vê este cliente. Abra a ficha na lista de clientes.',
    'You see this client already. Open the card from the list of clients.',
  ),
} as const;

export const emergencyReasons = {
  emergencies: {
    'pt-BR': 'Foram muitos acessos de emergência em pouco tempo. Fale com a administração da clínica.',
    en: 'Too many emergency accesses in a short time. Talk to an administrator of the clinic.',
  },
} as const;
