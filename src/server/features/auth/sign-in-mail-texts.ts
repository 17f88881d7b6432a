import type { Locale } from '../../../shared/errors.ts';

export interface SignInTexts {
  readonly subject: string;
  readonly heading: string;
  /** Which code it is and when it was requested. */
  readonly which: string;
  readonly expiry: string;
  readonly onlyNewest: string;
  /** The text before the link. */
  readonly linkLead: string;
  readonly linkName: string;
  readonly notYou: string;
}

interface Facts {
  readonly code: string;
  readonly ordinal: number;
  /** `14:03` */
  readonly askedAt: string;
  readonly validUntil: string;
  readonly ttlSeconds: number;
}

/** A lifetime in words: whole minutes, or seconds below one minute. */
function formatLifetime(locale: Locale, seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : [Math.floor(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

const texts: Record<Locale, (facts: Facts) => SignInTexts> = {
  'pt-BR': ({ code, ordinal, askedAt, validUntil, ttlSeconds }) => ({
    subject: `Seu código de acesso ao Acolhe: ${code}`,
    heading: 'Seu código de acesso',
    which: `código nº ${ordinal}, pedido às ${askedAt}`,
    expiry: `Vale por ${formatLifetime('pt-BR', ttlSeconds)}, até ${validUntil}, e uma única vez.`,
    onlyNewest: 'Se você pediu mais de um, use o do e-mail mais recente.',
    linkLead:
      'Se o código não for aceito porque alguém errou demais, entre por este link. Ele vale pelo mesmo tempo e uma única vez:',
    linkName: 'Entrar sem digitar o código',
    notYou:
      'Se não foi você, ignore este e-mail: sem ele ninguém entra. Nunca passe o código ou o link a outra pessoa.',
  }),
  en: ({ code, ordinal, askedAt, validUntil, ttlSeconds }) => ({
    subject: `Your Acolhe sign-in code: ${code}`,
    heading: 'Your sign-in code',
    which: `code no. ${ordinal}, requested at ${askedAt}`,
    expiry: `Good for ${formatLifetime('en', ttlSeconds)}, until ${validUntil}, and only once.`,
    onlyNewest: 'If you asked for more than one, use the one in the latest e-mail.',
    linkLead:
      'If the code is not accepted because somebody guessed wrong too often, sign in by this link. It is good for the same time and only once:',
    linkName: 'Sign in without typing the code',
    notYou:
      "If it wasn't you, ignore this e-mail: nobody gets in without it. Never give the code or the link to anyone.",
  }),
};

/** The words of a sign-in mail. */
export const composeSignInTexts = (locale: Locale, facts: Facts): SignInTexts => texts[locale](facts);
