import { z } from 'zod';
import { namedShapes } from '../../shared/contracts/index.ts';
import type { Schema } from './types.ts';

const names = new Map<z.ZodType, string>(Object.entries(namedShapes).map(([name, schema]) => [schema, name]));

const registry = z.registry<{ id?: string }>();
for (const [schema, name] of names) registry.add(schema, { id: name });

/** Formats for which the pattern is left out, because the format says it better. */
const spokenFormats = new Set(['uuid', 'date', 'date-time', 'email']);

/** `input` for requests, `output` for answers. Answers allow more fields, because later releases may add some. */
export type Direction = 'input' | 'output';

function tidy(schema: Schema, direction: Direction): Schema {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (['$schema', '$defs', 'id'].includes(key)) return [];
    if (key === '$ref') return [[key, String(value).replace('#/$defs/', '#/components/schemas/')]];
    if (key === 'pattern' && spokenFormats.has(schema.format ?? '')) return [];
    if ((key === 'minimum' || key === 'maximum') && Math.abs(value as number) === Number.MAX_SAFE_INTEGER) return [];
    if (key === 'additionalProperties' && value === false && direction === 'output') return [];
    if (key === 'properties') return [[key, mapValues(value as Record<string, Schema>, direction)]];
    if (['anyOf', 'allOf', 'prefixItems'].includes(key))
      return [[key, (value as Schema[]).map((part) => tidy(part, direction))]];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [[key, tidy(value as Schema, direction)]]
      : [[key, value]];
  });
  return Object.fromEntries(entries);
}

const mapValues = (schemas: Readonly<Record<string, Schema>>, direction: Direction): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema, direction)]));

const convert = (schema: z.ZodType, direction: Direction): Schema =>
  z.toJSONSchema(schema, {
    io: direction,
    target: 'draft-2020-12',
    metadata: registry,
    // `metadata` above replaces zod's global registry, which has the descriptions: add them here.
    override: ({ zodSchema, jsonSchema }) => {
      const description = z.globalRegistry.get(zodSchema)?.description;
      if (description !== undefined) jsonSchema.description = description;
    },
  }) as Schema;

/** Converts a contract's schema to JSON Schema; a named shape becomes a reference to `components`. */
export function toJsonSchema(schema: z.ZodType, direction: Direction): Schema {
  const name = names.get(schema);
  return name === undefined ? tidy(convert(schema, direction), direction) : { $ref: `#/components/schemas/${name}` };
}

/** JSON Schemas of the named shapes, for `components`. */
export const describeNamedShapes = (): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(namedShapes).map(([name, schema]) => {
      const direction = /Input$|Patch$/.test(name) ? 'input' : 'output';
      const { $defs: { [name]: shape } = {} } = convert(schema, direction);
      if (shape === undefined) throw new Error(`${name} was not converted`);
      return [name, tidy(shape, direction)];
    }),
  );
