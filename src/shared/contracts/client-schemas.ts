import { z } from 'zod';
import { postalCode, state } from '../address.ts';
import {
  type ClientField,
  type clientFields,
  type ClientGroup,
  definitionOf,
  type FieldKind,
  fieldNames,
  type FieldsWith,
  isClinical,
  isGroup,
  isListed,
  listedFields,
  listedName,
  mergeRuleOf,
  type MergeField,
  mergeFields,
  mostTags,
  outerFields,
  type PlainField,
  splitField,
} from '../client-fields.ts';
import { document } from '../document.ts';
import { email } from '../email.ts';
import { isTooMuchExtra } from '../extra-columns.ts';
import { phoneOrLocal } from '../phone.ts';
import { isInvisible, multilineText, name, singleLineText } from '../text.ts';
import { birthDate } from '../time.ts';
import { uuid } from './route.ts';

/** The schema of each kind of field in request bodies. `limit`: characters. */
const inputs = {
  name,
  line: singleLineText,
  text: multilineText,
  email: () => email,
  phone: () =>
    phoneOrLocal.describe(
      'any usual spelling; without an area code it gets that of the clinic, and is refused if that has none',
    ),
  document: () => document,
  date: () => birthDate,
  postalCode: () => postalCode,
  state: () => state,
  tags: (limit: number) =>
    z
      .array(name(limit))
      .max(mostTags)
      .transform((tags) => [...new Set(tags)]),
  columns: () =>
    z
      .record(singleLineText(100), multilineText(5_000).nullable())
      .refine((columns) => !isTooMuchExtra(columns), 'too_much_extra')
      .describe('512 columns and 64 KiB in all, those that were there before included'),
  professional: () => uuid,
} satisfies Readonly<Record<FieldKind, (limit: number) => z.ZodType>>;

const nullableText = z.string().nullable();

/** The schema of each kind of field in answers; kinds that are not listed are a text or null. */
const outputs = {
  name: z.string(),
  tags: z.array(z.string()),
  columns: z.record(z.string(), nullableText),
  professional: uuid,
};

type KindOf<Field extends ClientField> = (typeof clientFields)[Field]['kind'];
type Optional<Schema extends z.ZodType> = z.ZodOptional<z.ZodNullable<Schema>>;
type ValueInput<Field extends ClientField> = ReturnType<(typeof inputs)[KindOf<Field>]>;
type ValueOutput<Field extends ClientField> =
  KindOf<Field> extends keyof typeof outputs ? (typeof outputs)[KindOf<Field>] : typeof nullableText;

/** Fields that a change cannot set to null. */
type NeverNull = FieldsWith<{ kind: 'name' | 'tags' | 'professional' }>;
const neverNull: ReadonlySet<FieldKind> = new Set(['name', 'tags', 'professional']);

type FieldInput<Field extends ClientField> = Field extends NeverNull
  ? z.ZodOptional<ValueInput<Field>>
  : Optional<ValueInput<Field>>;
type FieldOutput<Field extends ClientField> =
  Field extends FieldsWith<{ clinical: true }> ? z.ZodOptional<ValueOutput<Field>> : ValueOutput<Field>;

type InputShape = {
  [Field in PlainField]: FieldInput<Field>;
} & {
  [Group in ClientGroup]: Optional<
    z.ZodObject<
      { [Field in ClientField as Field extends `${Group}.${infer Part}` ? Part : never]: FieldInput<Field> },
      z.core.$strict
    >
  >;
};
type OutputShape = {
  [Field in PlainField]: FieldOutput<Field>;
} & {
  [Group in ClientGroup]: z.ZodObject<{
    [Field in ClientField as Field extends `${Group}.${infer Part}` ? Part : never]: FieldOutput<Field>;
  }>;
};

function makeInput(field: ClientField): z.ZodType {
  const { kind, limit = 0 } = definitionOf(field);
  const schema: z.ZodType = inputs[kind](limit);
  if (neverNull.has(kind)) return schema.optional();
  return kind === 'columns' ? schema.nullable().optional() : z.preprocess(blankToNull, schema.nullable()).optional();
}

const blankToNull = (value: unknown): unknown => (typeof value === 'string' && isInvisible(value) ? null : value);

function makeOutput(field: ClientField): z.ZodType {
  const { kind, clinical } = definitionOf(field);
  const schema: z.ZodType = kind in outputs ? outputs[kind as keyof typeof outputs] : nullableText;
  return clinical === true ? schema.optional() : schema;
}

/** The shape of an object with all fields in the table's order; a group stands where its first field does. */
function makeShape(
  schemaOf: (field: ClientField) => z.ZodType,
  objectOf: (shape: z.core.$ZodLooseShape) => z.ZodType,
): Record<string, z.ZodType> {
  const groups = new Map<string, Record<string, z.ZodType>>();
  for (const field of fieldNames) {
    const [outer, part] = splitField(field);
    groups.set(outer, { ...groups.get(outer), [part ?? '']: schemaOf(field) });
  }
  return Object.fromEntries([...groups].map(([outer, { '': plain, ...parts }]) => [outer, plain ?? objectOf(parts)]));
}

/** The schema of each field in bodies: a missing field stays as it is; null, or a text without anything to see, clears it. */
export const fieldInputs = Object.fromEntries(fieldNames.map((field) => [field, makeInput(field)])) as Readonly<
  Record<ClientField, z.ZodType>
>;

/** The shape of a client's body. Fields that a group leaves out stay as they are (RFC 7396). */
export const inputShape = makeShape(
  (field) => fieldInputs[field],
  (parts) => z.strictObject(parts).nullable().optional(),
) as InputShape;

const outputShape = makeShape(makeOutput, (parts) => z.object(parts)) as OutputShape;

type Clinical = FieldsWith<{ clinical: true }>;
type Listed = FieldsWith<{ listed: true }>;
type ListedPlain = Extract<Listed, PlainField>;
type ListedPart = {
  [
    Field in Listed as Field extends `address.${infer Part}`
      ? Part
      : Field extends `${infer Group}.${infer Part}`
        ? `${Group}${Capitalize<Part>}`
        : never
  ]: FieldOutput<Field>;
};

const pickOutput = <Outer extends keyof OutputShape>(fields: readonly Outer[]): Pick<OutputShape, Outer> =>
  Object.fromEntries(fields.map((field) => [field, outputShape[field]])) as Pick<OutputShape, Outer>;

const isListedOuter = (outer: keyof OutputShape): outer is ListedPlain => !isGroup(outer) && isListed(outer);
const isClinicalOuter = (outer: keyof OutputShape): outer is Clinical => !isGroup(outer) && isClinical(outer);

/** Plain fields that lists show. */
export const listedShape = pickOutput(outerFields.filter(isListedOuter));
/** Fields of groups that lists show, by their name within the group. */
export const listedParts = Object.fromEntries(
  listedFields.filter((field) => field.includes('.')).map((field) => [listedName(field), makeOutput(field)]),
) as ListedPart;
/** Fields and groups that only the card shows, clinical ones aside. */
export const cardShape = pickOutput(
  outerFields.filter(
    (outer): outer is Exclude<keyof OutputShape, ListedPlain | Clinical> =>
      !isListedOuter(outer) && !isClinicalOuter(outer),
  ),
);
/** Fields that only people with the right to clinical data are shown. */
export const clinicalShape = pickOutput(outerFields.filter(isClinicalOuter));

const choice = z.enum(['winner', 'loser']);
const joinedChoice = z.enum(['winner', 'loser', 'both']).optional().describe('left out: both, one after the other');

/** Which record each field is taken from when two are merged. */
export const choiceShape = Object.fromEntries(
  mergeFields.map((field) => [field, mergeRuleOf(field) === 'joined' ? joinedChoice : choice.optional()]),
) as {
  [Field in MergeField]: Field extends FieldsWith<{ merged: 'joined' }>
    ? typeof joinedChoice
    : z.ZodOptional<typeof choice>;
};
