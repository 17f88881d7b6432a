import { text } from './text.ts';

/** The people of a clinic. */
export const professionalErrors = {
  duplicate_email: text(
    409,
    'Alguém da clínica já tem este e-mail. Use outro e-mail.',
    'Somebody of the clinic has this e-mail already. Use another one.',
  ),
  not_invited: text(
    409,
    'Esta pessoa já entrou alguma vez ou está sem acesso: não há convite a enviar.',
    'This person has signed in before or has no access: there is no invitation to send.',
  ),
  own_rights: text(
    403,
    'Ninguém muda os próprios direitos. Peça a outra pessoa da administração.',
    'Nobody changes their own rights. Ask another administrator.',
  ),
  last_administrator: text(
    409,
    'A clínica precisa de ao menos um administrador ativo. Torne outra pessoa administradora antes.',
    'The clinic needs at least one active administrator. Make someone else an administrator first.',
  ),
} as const;
