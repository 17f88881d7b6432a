import { boolean, hostList, integer, origin, originList } from '../kinds.ts';
import { onInProduction, optional, withDefault } from './declaration.ts';

export const web = {
  ALLOWED_HOSTS: withDefault(
    hostList,
    { development: 'localhost,127.0.0.1,[::1]', production: '' },
    {
      group: 'Web',
      aliases: ['DJANGO_ALLOWED_HOSTS'],
      means: {
        en: 'Host names it answers to; any other is 400. Required in production, where `*` is refused.',
        pt: 'Nomes pelos quais atende; qualquer outro recebe 400. Obrigatória em produção, onde `*` é recusado.',
      },
    },
  ),
  PUBLIC_URL: optional(origin, {
    group: 'Web',
    unset: {
      en: '`http://localhost:PORT` in development; in production the only origin of `CORS_ALLOWED_ORIGINS` and `CSRF_TRUSTED_ORIGINS`, or, if there is none, https and the first whole name of `ALLOWED_HOSTS`',
      pt: '`http://localhost:PORT` em desenvolvimento; em produção, a única origem de `CORS_ALLOWED_ORIGINS` e `CSRF_TRUSTED_ORIGINS` ou, se não há nenhuma, https e o primeiro nome inteiro de `ALLOWED_HOSTS`',
    },
    means: {
      en: 'Where people open the web app: the address in mails. If it is unknown, mails carry no link.',
      pt: 'Onde as pessoas abrem o aplicativo: o endereço que vai nos e-mails. Sem ele, os e-mails não levam link.',
    },
  }),
  CORS_ALLOWED_ORIGINS: withDefault(originList, '', {
    group: 'Web',
    means: {
      en: 'Origins whose pages may call the API. Not needed when the web app comes from the same origin.',
      pt: 'Origens cujas páginas podem chamar a API. Não precisa quando o aplicativo web vem da mesma origem.',
    },
  }),
  CSRF_TRUSTED_ORIGINS: withDefault(originList, '', {
    group: 'Web',
    means: {
      en: 'Other origins whose pages may change data with the session cookie.',
      pt: 'Outras origens cujas páginas podem alterar dados com o cookie da sessão.',
    },
  }),
  SECURE_SSL_REDIRECT: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: {
      en: 'http is redirected to https (by `X-Forwarded-Proto` behind the trusted proxy), health checks aside.',
      pt: 'http é levado a https (atrás do proxy de confiança, por `X-Forwarded-Proto`), menos nas verificações de saúde.',
    },
  }),
  SESSION_COOKIE_SECURE: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: { en: 'Session cookies travel over https only.', pt: 'Os cookies da sessão só viajam por https.' },
  }),
  CSRF_COOKIE_SECURE: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: { en: 'The CSRF cookie travels over https only.', pt: 'O cookie de CSRF só viaja por https.' },
  }),
  SECURE_HSTS_SECONDS: withDefault(
    integer(0, 63_072_000, 'seconds'),
    { development: '0', production: '31536000' },
    {
      group: 'Web',
      means: {
        en: 'How long browsers remember to use https only; 0 sends no HSTS header.',
        pt: 'Por quanto tempo os navegadores lembram de usar só https; 0 não envia o cabeçalho HSTS.',
      },
    },
  ),
  SECURE_HSTS_INCLUDE_SUBDOMAINS: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: { en: 'HSTS covers subdomains too.', pt: 'O HSTS vale também para os subdomínios.' },
  }),
  SECURE_HSTS_PRELOAD: withDefault(boolean, onInProduction, {
    group: 'Web',
    means: {
      en: "HSTS asks to be in the browsers' built-in list.",
      pt: 'O HSTS pede para entrar na lista que vem com os navegadores.',
    },
  }),
  TRUSTED_PROXY_HOPS: withDefault(integer(0, 10), '0', {
    group: 'Web',
    means: {
      en: 'How many proxies in front may set `X-Forwarded-For` and `X-Forwarded-Proto`.',
      pt: 'Quantos proxies na frente podem definir `X-Forwarded-For` e `X-Forwarded-Proto`.',
    },
  }),
};
