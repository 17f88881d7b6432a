import { httpUrl, pattern } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

export const backup = {
  AWS_ACCESS_KEY_ID: optional(
    pattern({ en: 'a key id without spaces', pt: 'um identificador sem espaços' }, /^[\x21-\x7e]{1,256}$/),
    {
      group: 'Backup',
      means: {
        en: 'Key of the S3 store, for `acolhe backup -o s3://…` and `acolhe restore s3://…`. The server itself does not need it.',
        pt: 'Chave do armazenamento S3, para `acolhe backup -o s3://…` e `acolhe restore s3://…`. O servidor em si não precisa dela.',
      },
    },
  ),
  AWS_SECRET_ACCESS_KEY: optional(
    pattern({ en: 'a secret without spaces', pt: 'um segredo sem espaços' }, /^[\x21-\x7e]{1,256}$/),
    {
      group: 'Backup',
      secret: true,
      means: { en: 'Its secret.', pt: 'O segredo dela.' },
    },
  ),
  AWS_SESSION_TOKEN: optional(pattern({ en: 'a token without spaces', pt: 'um token sem espaços' }, /^[\x21-\x7e]+$/), {
    group: 'Backup',
    secret: true,
    means: { en: 'Its token, where the key is one for a while.', pt: 'O token dela, quando é uma chave temporária.' },
  }),
  AWS_REGION: withDefault(
    pattern({ en: 'a region such as sa-east-1', pt: 'uma região como sa-east-1' }, /^[a-z0-9-]{1,63}$/),
    'us-east-1',
    {
      group: 'Backup',
      aliases: ['AWS_DEFAULT_REGION'],
      means: { en: 'Region of the bucket.', pt: 'Região do bucket.' },
    },
  ),
  AWS_ENDPOINT_URL_S3: optional(httpUrl, {
    group: 'Backup',
    aliases: ['AWS_ENDPOINT_URL'],
    unset: { en: 'AWS itself', pt: 'a própria AWS' },
    means: { en: 'Where a store of another make answers.', pt: 'Onde atende um armazenamento de outro fornecedor.' },
  }),
};
