import { boolean, integer, pattern } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

export const signIn = {
  ALLOW_OTP_FALLBACK: withDefault(boolean, 'False', {
    group: 'Sign-in',
    means: {
      en: 'Development only: one fixed code signs anybody in. With it on and `DEBUG` off the server refuses to start.',
      pt: 'Só em desenvolvimento: um código fixo deixa qualquer pessoa entrar. Com isso ligado e `DEBUG` desligado, o servidor não sobe.',
    },
  }),
  OTP_FALLBACK_CODE: optional(pattern({ en: 'six digits', pt: 'seis dígitos' }, /^\d{6}$/), {
    group: 'Sign-in',
    secret: true,
    means: { en: 'That fixed code.', pt: 'Esse código fixo.' },
  }),
  OTP_TTL_SECONDS: withDefault(integer(1, 86_400, 'seconds'), '600', {
    group: 'Sign-in',
    means: { en: 'How long a sign-in code is good.', pt: 'Por quanto tempo vale um código de acesso.' },
  }),
  OTP_THROTTLE_PER_MINUTE: withDefault(integer(1, 100_000), '5', {
    group: 'Sign-in',
    means: {
      en: 'Code requests a minute, counted per address and per e-mail.',
      pt: 'Pedidos de código por minuto, contados por endereço e por e-mail.',
    },
  }),
  MAX_ACTIVE_DEVICE_SESSIONS: withDefault(integer(1, 1000), '2', {
    group: 'Sign-in',
    means: {
      en: 'Devices a person can be signed in on; one more ends the oldest.',
      pt: 'Aparelhos em que uma pessoa pode estar conectada; mais um encerra o mais antigo.',
    },
  }),
  ACCESS_TOKEN_SECONDS: withDefault(integer(1, 2_592_000, 'seconds'), '36000', {
    group: 'Sign-in',
    means: { en: 'Life of an access token (10 hours).', pt: 'Vida de um token de acesso (10 horas).' },
  }),
  REFRESH_TOKEN_SECONDS: withDefault(integer(1, 31_536_000, 'seconds'), '86400', {
    group: 'Sign-in',
    means: { en: 'Life of a refresh token (1 day).', pt: 'Vida de um token de renovação (1 dia).' },
  }),
};
