import { boolean, exactText, integer, pattern, textList, timeZone, urlWith } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

export const general = {
  NODE_ENV: withDefault(
    pattern(
      { en: 'a word such as production or development', pt: 'uma palavra como production ou development' },
      /^\w+$/,
    ),
    'development',
    {
      group: 'General',
      means: { en: 'Only decides the default of `DEBUG`.', pt: 'Só decide o padrão de `DEBUG`.' },
    },
  ),
  DEBUG: optional(boolean, {
    group: 'General',
    unset: {
      en: '`False` when `NODE_ENV=production`, else `True`',
      pt: '`False` quando `NODE_ENV=production`; senão `True`',
    },
    means: {
      en: 'Development conveniences. Production hardening is on when it is false.',
      pt: 'Facilidades de desenvolvimento. Quando é falso, valem as proteções de produção.',
    },
  }),
  SECRET_KEY: optional(exactText, {
    group: 'General',
    aliases: ['DJANGO_SECRET_KEY'],
    secret: true,
    unset: {
      en: 'made once in `DATA_DIR` in development; required in production',
      pt: 'em desenvolvimento, criada uma vez em `DATA_DIR`; em produção, obrigatória',
    },
    means: {
      en: 'Key for tokens and keyed hashes: at least 32 random characters, such as `openssl rand -hex 32` prints.',
      pt: 'Chave dos tokens e dos resumos: no mínimo 32 caracteres aleatórios, como os de `openssl rand -hex 32`.',
    },
  }),
  SECRET_KEY_FALLBACKS: withDefault(textList, '', {
    group: 'General',
    secret: true,
    means: {
      en: 'Earlier keys that still verify while a key is being replaced, newest first.',
      pt: 'Chaves anteriores que ainda valem enquanto a chave é trocada, a mais nova primeiro.',
    },
  }),
  TIME_ZONE: withDefault(timeZone, 'America/Sao_Paulo', {
    group: 'General',
    means: {
      en: 'Time zone of new clinics and of times in mails.',
      pt: 'Fuso horário de clínicas novas e dos horários nos e-mails.',
    },
  }),
  PORT: withDefault(integer(0, 65_535), '3000', {
    group: 'General',
    means: { en: 'Where it listens; 0 takes a free port.', pt: 'Porta em que atende; 0 escolhe uma livre.' },
  }),
  HOST: withDefault(
    pattern({ en: 'an IP address or host name', pt: 'um endereço IP ou nome de máquina' }, /^[a-z0-9.:_-]+$/i),
    { development: '127.0.0.1', production: '0.0.0.0' },
    { group: 'General', means: { en: 'Address it listens on.', pt: 'Endereço em que atende.' } },
  ),
  DATA_DIR: withDefault(exactText, '.data', {
    group: 'General',
    means: {
      en: 'Folder of the embedded database and the development secret. The default lies in the project.',
      pt: 'Pasta do banco embutido e da chave de desenvolvimento. A padrão fica dentro do projeto.',
    },
  }),
  POSTAL_CODE_SERVICE_URL: optional(urlWith('{cep}'), {
    group: 'General',
    unset: {
      en: 'no service is asked; city and state come from a table in the app',
      pt: 'nenhum serviço é consultado; cidade e estado vêm de uma tabela do aplicativo',
    },
    means: {
      en: 'A service that answers as ViaCEP does, such as `https://viacep.com.br/ws/{cep}/json/`: fills in street and district. The server asks it, and sends it the CEP and nothing else; it learns at which CEPs clients live, not who they are.',
      pt: 'Um serviço que responde como o ViaCEP, por exemplo `https://viacep.com.br/ws/{cep}/json/`: preenche rua e bairro. Quem pergunta é o servidor, que envia o CEP e nada mais; o serviço fica sabendo em que CEPs moram clientes, não quem são.',
    },
  }),
};
