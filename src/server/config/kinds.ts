import { z } from 'zod';

/** A text of the reference (docs/configuration) in its languages. */
export interface Words {
  readonly en: string;
  readonly pt: string;
}

/** How the text of a variable becomes a value, and what the reference and error messages say it takes. */
export interface Kind<Value> {
  readonly takes: Words;
  readonly schema: z.ZodType<Value, string>;
}

const refuse = (context: z.core.$RefinementCtx, input: string): never => {
  context.issues.push({ code: 'custom', message: 'refused', input });
  return z.NEVER;
};

/** Makes a kind from a function that returns undefined for text it does not accept. */
function kind<Value>(takes: Words, read: (text: string) => Value | undefined): Kind<Value> {
  const schema = z.string().transform((text, context): Value => read(text.trim()) ?? (refuse(context, text) as Value));
  return { takes, schema };
}

const yes = new Set(['true', 't', '1', 'yes', 'y', 'on']);
const no = new Set(['false', 'f', '0', 'no', 'n', 'off']);

export const boolean = kind(
  { en: 'True or False (also 1/0, yes/no, on/off)', pt: 'True ou False (também 1/0, yes/no, on/off)' },
  (text) => {
    const word = text.toLowerCase();
    return yes.has(word) ? true : no.has(word) ? false : undefined;
  },
);

const seconds: Words = { en: ' seconds', pt: ' segundos' };

export const integer = (minimum: number, maximum: number, unit?: 'seconds'): Kind<number> => {
  const { en, pt } = unit === undefined ? { en: '', pt: '' } : seconds;
  const takes = {
    en: `a whole number from ${minimum} to ${maximum}${en}`,
    pt: `um número inteiro de ${minimum} a ${maximum}${pt}`,
  };
  return kind(takes, (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });
};

/** Text without trimming, because keys and passwords may begin or end with a space. */
export const exactText: Kind<string> = { takes: { en: 'text', pt: 'texto' }, schema: z.string() };

export const pattern = (takes: Words, expression: RegExp): Kind<string> =>
  kind(takes, (text) => (expression.test(text) ? text : undefined));

export const choice = <const Value extends string>(values: Readonly<Record<string, Value>>, takes: Words) =>
  kind<Value>(takes, (text) => {
    const word = text.toLowerCase();
    return Object.hasOwn(values, word) ? values[word] : undefined;
  });

const list = <Value>(takes: Words, read: (item: string) => Value | undefined): Kind<readonly Value[]> =>
  kind(takes, (text) => {
    const items = text.split(',').flatMap((item) => (item.trim() === '' ? [] : [read(item.trim())]));
    const nothingButCommas = text !== '' && items.length === 0;
    return nothingButCommas || items.includes(undefined) ? undefined : (items as Value[]);
  });

const hostName =
  /^(?:\*|\.?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?|\[[0-9a-f:.]+\])$/;

export const hostList = list(
  {
    en: 'host names without scheme or port, separated by commas (`.example.com` takes every name under it)',
    pt: 'nomes de máquina sem esquema nem porta, separados por vírgulas (`.example.com` aceita todo nome abaixo dele)',
  },
  (item) => (hostName.test(item.toLowerCase()) ? item.toLowerCase() : undefined),
);

/** An origin as browsers send it: `https://app.example.com`. Accepts `*`, so that the safety rules can report it. */
function parseOrigin(item: string): string | undefined {
  if (item === '*') return item;
  if (!URL.canParse(item)) return undefined;
  const url = new URL(item);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare && /^https?:$/.test(url.protocol) && !url.hostname.includes('*') ? url.origin : undefined;
}

export const origin = kind(
  {
    en: 'one exact origin such as https://clinica.example.com (scheme, host and port, no path)',
    pt: 'uma origem exata, como https://clinica.example.com (esquema, máquina e porta, sem caminho)',
  },
  (text) => (text === '*' ? undefined : parseOrigin(text)),
);

export const originList = list(
  {
    en: 'exact origins such as https://app.example.com (scheme, host and port, no path), separated by commas',
    pt: 'origens exatas como https://app.example.com (esquema, máquina e porta, sem caminho), separadas por vírgulas',
  },
  parseOrigin,
);

export const textList: Kind<readonly string[]> = list(
  { en: 'values separated by commas', pt: 'valores separados por vírgulas' },
  (item) => item,
);

/** `key=value,other=value`; commas and percent signs within a value are percent-encoded. */
export const pairs: Kind<Readonly<Record<string, string>>> = kind(
  { en: 'key=value pairs, separated by commas', pt: 'pares chave=valor, separados por vírgulas' },
  (text) => {
    const items = text.split(',').filter((item) => item.trim() !== '');
    const read = items.map((item) => /^\s*([\w.-]+)\s*=(.*)$/.exec(item));
    if (read.includes(null)) return undefined;
    try {
      return Object.fromEntries(read.map((match) => [match?.[1] ?? '', decodeURIComponent(match?.[2]?.trim() ?? '')]));
    } catch {
      return undefined;
    }
  },
);

export const ratio = kind({ en: 'a number from 0 to 1', pt: 'um número de 0 a 1' }, (text) =>
  /^(?:0|1|[01]?\.\d+)$/.test(text) && Number(text) <= 1 ? Number(text) : undefined,
);

export const timeZone = kind(
  { en: 'an IANA time zone such as America/Sao_Paulo', pt: 'um fuso horário da IANA, como America/Sao_Paulo' },
  (text) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  },
);

/** `https://key@host/project`, as Sentry shows it. */
export const sentryDsn = pattern(
  { en: 'a DSN such as https://key@sentry.example/1', pt: 'um DSN como https://key@sentry.example/1' },
  /^https?:\/\/\w+(?::\w+)?@[\w.-]+(?::\d+)?\/(?:[\w/-]+\/)?\d+$/,
);

export const httpUrl = kind({ en: 'an http or https URL', pt: 'uma URL http ou https' }, (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined,
);

/** The address of a service that is asked about one thing, whose place in it `{…}` marks. */
export const urlWith = (placeholder: string): Kind<string> =>
  kind(
    { en: `an http or https URL with ${placeholder} in it`, pt: `uma URL http ou https com ${placeholder}` },
    (text) =>
      text.includes(placeholder) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined,
  );

export const postgresUrl = kind(
  {
    en: 'a PostgreSQL URL: postgresql://user:password@host:5432/name',
    pt: 'uma URL do PostgreSQL: postgresql://user:password@host:5432/name',
  },
  (text) => {
    // libpq allows `user@/name?host=/run/postgresql`; as a WHATWG URL that needs a host.
    const readable = text.replace('@/', '@localhost/');
    return /^postgres(ql)?:\/\//i.test(text) && URL.canParse(readable) ? text : undefined;
  },
);

const mailbox = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/** `Acolhe <no-reply@example.com>` or a plain address, without line breaks (header injection). */
export const sender = kind(
  { en: 'an e-mail address, or Name <address>', pt: 'um endereço de e-mail, ou Nome <endereço>' },
  (text) => {
    // oxlint-disable-next-line no-control-regex
    const named = /^([^<>\u0000-\u001f\u007f]*)<([^<>]+)>$/.exec(text);
    return mailbox.test(named?.[2]?.trim() ?? text) ? text : undefined;
  },
);
