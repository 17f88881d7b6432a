import type { Reading, Values } from './values.ts';

/** Where traces are sent and which ones, from OpenTelemetry's standard variables. */
export interface TracingConfig {
  /** Complete URL to which traces are sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sampler: Values['OTEL_TRACES_SAMPLER'];
  /** Share of traces that is kept, 0 to 1; only the `traceidratio` samplers use it. */
  readonly ratio: number;
}

/** The tracing part of the configuration; undefined without a receiver, or when tracing is turned off. */
export function readTracingConfig({ values }: Reading): TracingConfig | undefined {
  const url = chooseUrl(values);
  if (url === undefined || values.OTEL_SDK_DISABLED || values.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const { 'service.name': named, ...attributes } = values.OTEL_RESOURCE_ATTRIBUTES;
  return {
    url,
    headers: values.OTEL_EXPORTER_OTLP_HEADERS,
    serviceName: values.OTEL_SERVICE_NAME ?? named ?? 'acolhe',
    attributes,
    sampler: values.OTEL_TRACES_SAMPLER,
    ratio: values.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** A URL for traces is used unchanged; to a URL for all signals `/v1/traces` is added, as the standard says. */
function chooseUrl(values: Values): string | undefined {
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined || base === undefined)
    return values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  return `${base.replace(/\/$/, '')}/v1/traces`;
}
