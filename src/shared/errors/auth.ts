import { type Reasons, text } from './text.ts';

/** Refused credentials: a code, a link, a passkey. */
export const credentialErrors = {
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
} as const;

/** What a right credential does not open. */
export const entryErrors = {
  clinic_suspended: text(
    403,
    'O acesso desta clínica está suspenso. Os dados estão guardados. Fale com quem hospeda o sistema.',
    'The access of this clinic is suspended. Its data is kept. Talk to whoever hosts the system.',
  ),
  entry_missing: text(
    403,
    'Quem hospeda o sistema só entra numa clínica com um acesso registrado, que a administração dela vê: acolhe clinics enter.',
    'The host signs in to a clinic only with a recorded entry, which its administrators see: acolhe clinics enter.',
  ),
} as const;

/** Adding passkeys. */
export const passkeyErrors = {
  duplicate_passkey: text(409, 'Esta chave de acesso já está cadastrada.', 'This passkey has already been added.'),
  too_many_passkeys: text(
    409,
    'Você já tem 10 chaves de acesso. Remova uma que não usa mais e tente de novo.',
    'You already have 10 passkeys. Remove one that you no longer use and try again.',
  ),
  passkey_refused: text(
    422,
    'A chave de acesso não pôde ser cadastrada. Comece de novo.',
    'The passkey could not be added. Start again.',
  ),
} as const;

/** Reasons of the code too_many_requests: which limit was reached. */
export const authReasons = {
  attempts: { 'pt-BR': 'Muitas tentativas. Tente de novo em {wait}.', en: 'Too many attempts. Try again in {wait}.' },
  guesses: {
    'pt-BR': 'Muitas tentativas. Tente de novo em {wait}, ou entre agora com uma chave de acesso.',
    en: 'Too many attempts. Try again in {wait}, or sign in now with a passkey.',
  },
  guesses_with_link: {
    'pt-BR':
      'Muitas tentativas. Tente de novo em {wait}, ou entre agora pelo link do e-mail que trouxe o código, ou com uma chave de acesso.',
    en: 'Too many attempts. Try again in {wait}, or sign in now by the link in the mail that brought the code, or with a passkey.',
  },
  invitations: {
    'pt-BR': 'A clínica enviou muitos convites. Você pode convidar mais pessoas em {wait}.',
    en: 'The clinic has sent many invitations. You can invite more people in {wait}.',
  },
} as const satisfies Reasons;
