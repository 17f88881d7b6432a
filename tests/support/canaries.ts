import { z } from 'zod';

type Schema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;

/** Words that occur nowhere else, each with the field that it was sent in. */
export class Canaries {
  readonly #origins = new Map<string, string>();

  /** A word for a field. */
  word(origin: string): string {
    const canary = `Zqx${String(this.#origins.size).padStart(4, '0')}z`;
    this.#origins.set(canary.toLowerCase(), origin);
    return canary;
  }

  /** A number of digits for a field. */
  digits(origin: string, make: (seed: number) => { readonly sent: string; readonly kept: string }): string {
    const { sent, kept } = make(this.#origins.size);
    this.#origins.set(kept, origin);
    return sent;
  }

  get size(): number {
    return this.#origins.size;
  }

  /** The fields whose words a text has. */
  findIn(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.#origins].filter(([canary]) => lower.includes(canary)).map(([, origin]) => origin);
  }
}

const phone = (seed: number) => {
  const number = `9${String(70_000_000 + seed)}`;
  return { sent: `(11) ${number.slice(0, 5)}-${number.slice(5)}`, kept: number };
};

/** A CPF with right check digits. */
const cpf = (seed: number) => {
  const digits = Array.from(String(300_000_000 + seed * 7), Number);
  for (const first of [10, 11]) {
    const sum = digits.reduce((total, digit, place) => total + digit * (first - place), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  const kept = digits.join('');
  return { sent: kept, kept };
};

/** Fields whose text has a form. */
const forms: Readonly<Record<string, (canaries: Canaries, origin: string) => unknown>> = {
  phone: (canaries, origin) => canaries.digits(origin, phone),
  secondaryPhone: (canaries, origin) => canaries.digits(origin, phone),
  officerPhone: (canaries, origin) => canaries.digits(origin, phone),
  document: (canaries, origin) => canaries.digits(origin, cpf),
  controllerDocument: (canaries, origin) => canaries.digits(origin, cpf),
  email: (canaries, origin) => `${canaries.word(origin)}@canario.test`,
  officerEmail: (canaries, origin) => `${canaries.word(origin)}@canario.test`,
  extra: (canaries, origin) => ({ [canaries.word(`${origin} (name)`)]: canaries.word(origin) }),
  publicName: (canaries, origin) => canaries.word(origin).toLowerCase(),
};

/** Fields of the API that hold a code, not somebody's words. */
const codes = new Set([
  'state',
  'postalCode',
  'areaCode',
  'transport',
  'code',
  'visitType',
  'key',
  'address.state',
  'cursor',
  'optionalHolidays',
]);

const isFreeText = ({ type, format, pattern, enum: values, const: only }: Schema): boolean =>
  type === 'string' && format === undefined && pattern === undefined && values === undefined && only === undefined;

const choices = (schema: Schema): Schema[] =>
  (schema.anyOf ?? [schema]).filter((each): each is Schema => typeof each !== 'boolean' && each.type !== 'null');

/** `given` with a canary in each field of the schema that takes somebody's words. */
function fill(schema: Schema, given: Readonly<Record<string, unknown>>, canaries: Canaries, origin: string): unknown {
  const filled: Record<string, unknown> = { ...given };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const path = `${origin}.${name}`;
    const [part] = typeof property === 'boolean' ? [] : choices(property);
    if (part === undefined || codes.has(name)) continue;
    const form = forms[name];
    if (form !== undefined) filled[name] = form(canaries, path);
    else if (isFreeText(part)) filled[name] = canaries.word(path);
    else if (part.type === 'object' && part.properties !== undefined && name in given)
      filled[name] = fill(part, given[name] as Record<string, unknown>, canaries, path);
    else if (part.type === 'object' && part.properties !== undefined && (part.required ?? []).length === 0)
      filled[name] = fill(part, {}, canaries, path);
    else if (
      part.type === 'array' &&
      typeof part.items === 'object' &&
      !Array.isArray(part.items) &&
      isFreeText(part.items)
    )
      filled[name] = [canaries.word(path)];
  }
  return filled;
}

/** A body, or a query, with canaries in all that is somebody's words; the rest is as `given`. */
export const fillWithCanaries = (schema: z.ZodType, given: unknown, canaries: Canaries, origin: string): unknown =>
  fill(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    (given ?? {}) as Readonly<Record<string, unknown>>,
    canaries,
    origin,
  );
