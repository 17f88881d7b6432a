import { z } from 'zod';
import { namedShapes } from '../../shared/contracts/index.ts';
import type { Schema } from './types.ts';

const names = new Map<z.ZodType, string>(Object.entries(namedShapes).map(([name, schema]) => [schema, name]));

const registry = z.registry<{ id?: string }>();
for (const [schema, name] of names) registry.add(schema, { id: name });

/** Formats say these better than the patterns that check them. */
const spokenFormats = new Set(['uuid', 'date', 'date-time', 'email']);

/** Requests are read as they come in, answers as they go out; an answer may gain fields in a later release. */
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
    // Descriptions live in zod's own registry, which the one with our names stands in for.
    override: ({ zodSchema, jsonSchema }) => {
      const description = z.globalRegistry.get(zodSchema)?.description;
      if (description !== undefined) jsonSchema.description = description;
    },
  }) as Schema;

/** A contract's schema for the document: named shapes as references to `components`. */
export function schemaOf(schema: z.ZodType, direction: Direction): Schema {
  const name = names.get(schema);
  return name === undefined ? tidy(convert(schema, direction), direction) : { $ref: `#/components/schemas/${name}` };
}

/** The named shapes themselves. */
export const componentSchemas = (): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(namedShapes).map(([name, schema]) => {
      const direction = /Input$|Patch$/.test(name) ? 'input' : 'output';
      const { $defs: { [name]: shape } = {} } = convert(schema, direction);
      if (shape === undefined) throw new Error(`${name} was not converted`);
      return [name, tidy(shape, direction)];
    }),
  );
