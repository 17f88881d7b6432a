import type { Reading, Values } from './values.ts';

/** Mail is sent by SMTP or, in development, kept in the mailbox page. */
export type MailConfig =
  | { readonly transport: 'mailbox'; readonly from: string }
  | {
      readonly transport: 'smtp';
      readonly host: string;
      readonly port: number;
      readonly user: string | undefined;
      readonly password: string | undefined;
      /** With `starttls` a server without STARTTLS is an error. */
      readonly tls: 'none' | 'starttls' | 'implicit';
      readonly from: string;
    };

const defaultPorts = { none: 25, starttls: 587, implicit: 465 } as const;

function chooseSender(values: Values): string {
  if (values.DEFAULT_FROM_EMAIL !== undefined) return values.DEFAULT_FROM_EMAIL;
  if (values.EMAIL_HOST_USER?.includes('@') === true) return `Acolhe <${values.EMAIL_HOST_USER}>`;
  const host = values.ALLOWED_HOSTS.map((name) => name.replace(/^\./, '')).find((name) => /[a-z]$/.test(name));
  return `Acolhe <no-reply@${host ?? 'localhost'}>`;
}

/** The mail part of the configuration. Adds contradictions to `problems`. */
export function readMailConfig({ values, debug, isSet, show, problems }: Reading): MailConfig {
  const tls = values.EMAIL_USE_SSL ? 'implicit' : values.EMAIL_USE_TLS ? 'starttls' : 'none';
  if (values.EMAIL_USE_SSL && values.EMAIL_USE_TLS)
    problems.push({
      variable: 'EMAIL_USE_SSL',
      got: show('EMAIL_USE_SSL'),
      takes: 'False when EMAIL_USE_TLS is on: only one of the two can be on',
    });
  if (isSet('EMAIL_HOST_USER') !== isSet('EMAIL_HOST_PASSWORD')) {
    const [missing, present] = isSet('EMAIL_HOST_USER')
      ? ['EMAIL_HOST_PASSWORD', 'EMAIL_HOST_USER']
      : ['EMAIL_HOST_USER', 'EMAIL_HOST_PASSWORD'];
    problems.push({ variable: missing, got: undefined, takes: `a value when ${present} is set` });
  }
  const from = chooseSender(values);
  if (debug && (values.EMAIL_HOST === undefined || values.EMAIL_BACKEND === 'mailbox'))
    return { transport: 'mailbox', from };
  return {
    transport: 'smtp',
    host: values.EMAIL_HOST ?? '',
    port: values.EMAIL_PORT ?? defaultPorts[tls],
    user: values.EMAIL_HOST_USER,
    password: values.EMAIL_HOST_PASSWORD,
    tls,
    from,
  };
}
