import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { contracts } from './index.ts';
import type { RouteContract } from './route.ts';

type Leaf = readonly [path: string, schema: z.core.$ZodType];

/** The schemas of all text within a schema, with their paths; keys of records are text too. */
function textsIn(schema: z.core.$ZodType, path = ''): Leaf[] {
  // The text before a transformation stands for the whole: whether the input or the result is refused makes no difference.
  if (startsAsText(schema)) return [[path, schema]];
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'object')
    return Object.entries(def.shape).flatMap(([name, inner]) => textsIn(inner, `${path}.${name}`));
  if (def.type === 'array') return textsIn(def.element, `${path}[]`);
  if (def.type === 'tuple') return def.items.flatMap((item, index) => textsIn(item, `${path}[${String(index)}]`));
  if (def.type === 'record') return [def.keyType, def.valueType].flatMap((inner) => textsIn(inner, `${path}{}`));
  if (def.type === 'union') return def.options.flatMap((option) => textsIn(option, path));
  if (def.type === 'optional' || def.type === 'nullable' || def.type === 'default') return textsIn(def.innerType, path);
  return def.type === 'pipe' ? [def.in, def.out].flatMap((inner) => textsIn(inner, path)) : [];
}

function startsAsText(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'pipe' ? startsAsText(def.in) : def.type === 'string';
}

const operations = Object.entries<RouteContract>(contracts).flatMap(([key, { query, body }]) =>
  [query, body].flatMap((schema) =>
    schema === undefined ? [] : textsIn(schema).map(([path, leaf]) => [key, path, leaf] as const),
  ),
);

/** Looked up or decoded, never stored. */
const notStored = /\.(?:cursor|refreshToken)$/;

describe('no text of a request holds what was lost before it came', () => {
  it('is asked of many fields', () => {
    expect(operations.length).toBeGreaterThan(100);
  });

  it.each(operations.filter(([, path]) => !notStored.test(path)))('%s%s', (_key, _path, schema) => {
    const samples = [
      '',
      'x',
      'Ana',
      '11987654321',
      '+5511987654321',
      '52998224725',
      'a@b.example',
      '01310-100',
      '{"a":"notes"}',
    ];
    for (const damage of ['\ufffd', '\ud800', '\udc00', '\u0000'])
      for (const sample of samples)
        for (const text of [damage + sample, sample + damage, sample.slice(0, 2) + damage + sample.slice(2)]) {
          const { success, data } = (schema as z.ZodType).safeParse(text);
          // A phone may be taken where the damage can be left out; it must not remain.
          if (success) expect(JSON.stringify(data)).not.toMatch(/\ufffd|\\ud|\\u0000/);
        }
  });
});
