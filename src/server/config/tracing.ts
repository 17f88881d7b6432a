import type { Reading, Values } from './values.ts';

/** Where traces go and which of them, by OpenTelemetry's standard variables. */
export interface TracingConfig {
  /** Of the receiver's traces, complete. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sampler: Values['OTEL_TRACES_SAMPLER'];
  /** Part of all traces that is kept, where the sampler asks for it. */
  readonly ratio: number;
}

/** Undefined while no receiver is named, or tracing is turned off. */
export function tracingConfig({ values }: Reading): TracingConfig | undefined {
  const url = urlOf(values);
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

/** The address for traces is taken as it stands; to the one for everything the standard's path is added. */
function urlOf(values: Values): string | undefined {
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined || base === undefined)
    return values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  return `${base.replace(/\/$/, '')}/v1/traces`;
}
