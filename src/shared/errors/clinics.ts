import { text } from './text.ts';

/** Limits that the host has set for a clinic. */
export const clinicErrors = {
  client_limit_reached: text(
    409,
    'A clínica alcançou o limite de clientes do seu contrato. Arquive quem não vem mais, ou fale com quem hospeda o sistema.',
    'The clinic has reached the number of clients of its contract. Archive those who no longer come, or talk to whoever hosts the system.',
  ),
  people_limit_reached: text(
    409,
    'A clínica alcançou o limite de pessoas com acesso do seu contrato. Desative quem saiu, ou fale com quem hospeda o sistema.',
    'The clinic has reached the number of people of its contract. Deactivate those who have left, or talk to whoever hosts the system.',
  ),
} as const;
