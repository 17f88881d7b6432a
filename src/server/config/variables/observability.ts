import { boolean, choice, exactText, httpUrl, pairs, pattern, ratio, sentryDsn } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  silent: 'silent',
} as const;

const samplers = {
  always_on: 'always_on',
  always_off: 'always_off',
  traceidratio: 'traceidratio',
  parentbased_always_on: 'parentbased_always_on',
  parentbased_always_off: 'parentbased_always_off',
  parentbased_traceidratio: 'parentbased_traceidratio',
} as const;

export const observability = {
  SENTRY_DSN: optional(sentryDsn, {
    group: 'Observability',
    secret: true,
    unset: { en: 'nothing is reported', pt: 'nada é informado' },
    means: {
      en: 'Where errors are reported, without personal data.',
      pt: 'Para onde os erros são informados, sem dados pessoais.',
    },
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(httpUrl, {
    group: 'Observability',
    unset: { en: 'nothing is traced', pt: 'nada é rastreado' },
    means: {
      en: 'Where traces go, without personal data: an OTLP receiver; `/v1/traces` is added.',
      pt: 'Para onde vão os rastros (traces), sem dados pessoais: um receptor OTLP; `/v1/traces` é acrescentado.',
    },
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(httpUrl, {
    group: 'Observability',
    means: { en: 'The same for traces alone, taken as it stands.', pt: 'O mesmo só para os rastros, usado como está.' },
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: withDefault(
    choice(
      { 'http/protobuf': 'http/protobuf' },
      { en: 'http/protobuf (no other protocol is spoken)', pt: 'http/protobuf (não fala outro protocolo)' },
    ),
    'http/protobuf',
    { group: 'Observability', means: { en: 'How traces are sent.', pt: 'Como os rastros são enviados.' } },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: withDefault(pairs, '', {
    group: 'Observability',
    secret: true,
    means: { en: 'Headers for the receiver, such as its key.', pt: 'Cabeçalhos para o receptor, como a chave dele.' },
  }),
  OTEL_SERVICE_NAME: optional(
    pattern({ en: 'a name of up to 100 letters', pt: 'um nome de até 100 letras' }, /^.{1,100}$/),
    {
      group: 'Observability',
      unset: { en: '`acolhe`', pt: '`acolhe`' },
      means: { en: 'Name of this service in traces.', pt: 'Nome deste serviço nos rastros.' },
    },
  ),
  OTEL_RESOURCE_ATTRIBUTES: withDefault(pairs, '', {
    group: 'Observability',
    means: {
      en: 'What else every trace says of where it comes from.',
      pt: 'O que mais cada rastro diz sobre a sua origem.',
    },
  }),
  OTEL_TRACES_SAMPLER: withDefault(
    choice(samplers, { en: Object.keys(samplers).join(', '), pt: Object.keys(samplers).join(', ') }),
    'parentbased_always_on',
    {
      group: 'Observability',
      means: {
        en: 'Which traces are kept. `parentbased_…` follows what the caller decided, where it sends a `traceparent`.',
        pt: 'Quais rastros são guardados. `parentbased_…` segue o que decidiu quem chama, se enviar um `traceparent`.',
      },
    },
  ),
  OTEL_TRACES_SAMPLER_ARG: withDefault(ratio, '1', {
    group: 'Observability',
    means: {
      en: 'Part of all traces that `traceidratio` keeps.',
      pt: 'Parte de todos os rastros que `traceidratio` guarda.',
    },
  }),
  OTEL_TRACES_EXPORTER: withDefault(
    choice({ otlp: 'otlp', none: 'none' }, { en: 'otlp or none', pt: 'otlp ou none' }),
    'otlp',
    {
      group: 'Observability',
      means: { en: '`none` turns tracing off.', pt: '`none` desliga os rastros.' },
    },
  ),
  OTEL_SDK_DISABLED: withDefault(boolean, 'False', {
    group: 'Observability',
    means: { en: 'Turns tracing off.', pt: 'Desliga os rastros.' },
  }),
  METRICS_TOKEN: optional(exactText, {
    group: 'Observability',
    secret: true,
    unset: { en: '`/metrics` stays closed', pt: '`/metrics` fica fechado' },
    means: { en: 'Bearer token of `/metrics`.', pt: 'Token (Bearer) de `/metrics`.' },
  }),
  LOG_LEVEL: withDefault(
    choice(levels, {
      en: 'trace, debug, info, warn, error, fatal or silent',
      pt: 'trace, debug, info, warn, error, fatal ou silent',
    }),
    'info',
    {
      group: 'Observability',
      means: {
        en: 'The least important lines that are logged.',
        pt: 'As linhas menos importantes que vão para o log.',
      },
    },
  ),
  GIT_COMMIT: optional(pattern({ en: 'a commit id', pt: 'um identificador de commit' }, /^[\w.+-]{1,64}$/), {
    group: 'Observability',
    aliases: ['RENDER_GIT_COMMIT'],
    unset: { en: 'read from `.git`, else `unknown`', pt: 'lido de `.git`; senão `unknown`' },
    means: { en: 'Commit that `/healthz` tells.', pt: 'Commit que `/healthz` informa.' },
  }),
  AUDIT_HEAD_EMAIL: optional(
    pattern({ en: 'an e-mail address', pt: 'um endereço de e-mail' }, /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/),
    {
      group: 'Observability',
      unset: { en: 'the file alone', pt: 'só o arquivo' },
      means: {
        en: 'Where the ends of the audit chains are mailed once a day: ids and hashes, no personal data. They also go to `DATA_DIR/audit-heads`.',
        pt: 'Para onde vão por e-mail, uma vez por dia, os finais das trilhas de auditoria: identificadores e resumos, sem dados pessoais. Vão também para `DATA_DIR/audit-heads`.',
      },
    },
  ),
};
