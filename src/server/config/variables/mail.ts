import { boolean, choice, exactText, integer, pattern, sender } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

const backends = {
  smtp: 'smtp',
  'django.core.mail.backends.smtp.emailbackend': 'smtp',
  console: 'mailbox',
  'django.core.mail.backends.console.emailbackend': 'mailbox',
  locmem: 'mailbox',
  'django.core.mail.backends.locmem.emailbackend': 'mailbox',
  filebased: 'mailbox',
  'django.core.mail.backends.filebased.emailbackend': 'mailbox',
} as const;

export const mail = {
  EMAIL_BACKEND: withDefault(
    choice(backends, {
      en: 'smtp or django.core.mail.backends.smtp.EmailBackend; console, locmem or filebased with DEBUG on',
      pt: 'smtp ou django.core.mail.backends.smtp.EmailBackend; console, locmem ou filebased com DEBUG ligado',
    }),
    'smtp',
    {
      group: 'Mail',
      means: {
        en: 'How mail leaves. With `DEBUG` on, `console`, `locmem` and `filebased` all mean the mailbox page.',
        pt: 'Como os e-mails saem. Com `DEBUG` ligado, `console`, `locmem` e `filebased` significam a página da caixa de correio.',
      },
    },
  ),
  EMAIL_HOST: optional(
    pattern({ en: 'a host name or IP address', pt: 'um nome de máquina ou endereço IP' }, /^[a-z0-9.:_-]+$/i),
    {
      group: 'Mail',
      unset: {
        en: 'with `DEBUG` on, mail stays in the development mailbox at `/dev/mailbox`; required in production',
        pt: 'com `DEBUG` ligado, os e-mails ficam na caixa de desenvolvimento em `/dev/mailbox`; em produção, obrigatória',
      },
      means: { en: 'SMTP server.', pt: 'Servidor SMTP.' },
    },
  ),
  EMAIL_PORT: optional(integer(1, 65_535), {
    group: 'Mail',
    unset: {
      en: '`465` with `EMAIL_USE_SSL`, `587` with `EMAIL_USE_TLS`, else `25`',
      pt: '`465` com `EMAIL_USE_SSL`, `587` com `EMAIL_USE_TLS`; senão `25`',
    },
    means: { en: 'SMTP port.', pt: 'Porta SMTP.' },
  }),
  EMAIL_HOST_USER: optional(exactText, {
    group: 'Mail',
    means: { en: 'SMTP user; goes together with the password.', pt: 'Usuário SMTP; anda junto com a senha.' },
  }),
  EMAIL_HOST_PASSWORD: optional(exactText, {
    group: 'Mail',
    secret: true,
    means: { en: 'SMTP password.', pt: 'Senha SMTP.' },
  }),
  EMAIL_USE_TLS: withDefault(boolean, 'False', {
    group: 'Mail',
    means: {
      en: 'STARTTLS is required: no mail leaves over a connection that stays in the clear.',
      pt: 'Exige STARTTLS: nenhum e-mail sai por uma conexão que continue aberta a quem escuta.',
    },
  }),
  EMAIL_USE_SSL: withDefault(boolean, 'False', {
    group: 'Mail',
    means: {
      en: 'TLS from the first byte. Not together with `EMAIL_USE_TLS`.',
      pt: 'TLS desde o primeiro byte. Não combina com `EMAIL_USE_TLS`.',
    },
  }),
  DEFAULT_FROM_EMAIL: optional(sender, {
    group: 'Mail',
    unset: {
      en: '`EMAIL_HOST_USER` when it is an address, else `no-reply@` and the first name in `ALLOWED_HOSTS`',
      pt: '`EMAIL_HOST_USER`, quando é um endereço; senão `no-reply@` e o primeiro nome de `ALLOWED_HOSTS`',
    },
    means: { en: 'Sender of every mail.', pt: 'Remetente de todos os e-mails.' },
  }),
};
