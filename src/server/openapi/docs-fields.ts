import { escapeHtml } from '../http/escape-html.ts';
import type { Schema } from './types.ts';

/** One row of a table of fields, such as `address.city`. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description: string | undefined;
}

const getRefName = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** Splits a nullable schema into the schema without null and whether null is allowed. */
function withoutNull(schema: Schema): { readonly schema: Schema; readonly nullable: boolean } {
  const { anyOf, type } = schema;
  if (anyOf?.length === 2 && anyOf[1]?.type === 'null') {
    return {
      schema: { ...anyOf[0], ...(schema.description === undefined ? {} : { description: schema.description }) },
      nullable: true,
    };
  }
  if (Array.isArray(type) && type.includes('null'))
    return {
      schema: { ...schema, type: (type as string[]).filter((name) => name !== 'null').join(' or ') },
      nullable: true,
    };
  return { schema, nullable: false };
}

/** The type of a value as HTML, with a link for a named shape. */
function renderKind(given: Schema): string {
  const { schema, nullable } = withoutNull(given);
  const or = nullable ? ' or null' : '';
  if (schema.$ref !== undefined) {
    const name = getRefName(schema.$ref);
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>${or}`;
  }
  if (schema.items !== undefined) return `list of ${renderKind(schema.items)}${or}`;
  if (schema.enum !== undefined) return `one of ${schema.enum.map((value) => code(String(value))).join(', ')}${or}`;
  const kind = Array.isArray(schema.type)
    ? schema.type.join(' or ')
    : ((schema.type as string | undefined) ?? 'any value');
  return `${escapeHtml(schema.format ?? kind)}${or}`;
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** The limits of a value in words, each as HTML. */
function renderLimits(given: Schema): string[] {
  const { schema } = withoutNull(given);
  const { minLength, maxLength, minimum, maximum, maxItems, pattern } = schema;
  const range = (least: number | undefined, most: number | undefined, unit: string): string[] =>
    least === undefined && most === undefined
      ? []
      : [
          `${least === undefined ? 'up to ' : String(least)}${most === undefined ? ' or more' : least === undefined ? String(most) : ` to ${String(most)}`}${unit}`,
        ];
  return [
    ...range(minLength, maxLength, ' characters'),
    ...range(minimum, maximum, ''),
    ...(maxItems === undefined ? [] : [`at most ${String(maxItems)}`]),
    ...(pattern === undefined ? [] : [`matches ${code(pattern)}`]),
    ...(schema.default === undefined ? [] : [`${code(JSON.stringify(schema.default))} when absent`]),
    ...(schema.items === undefined ? [] : renderLimits(schema.items).map((limit) => `each ${limit}`)),
  ];
}

/** The fields of an object, including those of nested objects: `address.city`, `items[].id`. */
export function listFields(given: Schema, prefix = ''): Field[] {
  const { schema } = withoutNull(given);
  const item = schema.items === undefined ? schema : withoutNull(schema.items).schema;
  return Object.entries(item.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = withoutNull(field).schema;
    const own: Field = {
      name: path,
      required: item.required?.includes(name) === true,
      schema: field,
      description: field.description ?? inner.description,
    };
    return [own, ...listFields(field, inner.items === undefined ? `${path}.` : `${path}[].`)];
  });
}

/** A table of fields as HTML; empty when there are none. */
export function renderFields(fields: readonly Field[], what: string, { showRequired = true } = {}): string {
  if (fields.length === 0) return '';
  const rows = fields.map(({ name, required, schema, description }) => {
    const limits = renderLimits(schema);
    return `<tr><td>${code(name)}${showRequired && required ? ' <span class="required">required</span>' : ''}</td>
<td><p>${renderKind(schema)}</p>${limits.length > 0 ? `<p class="limits">${limits.join('; ')}</p>` : ''}${description === undefined ? '' : `<p>${renderText(description)}</p>`}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th scope="col">${what}</th><th scope="col">What</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** A body as HTML: a link to the named shape, or a table of its fields. */
export function renderShape(schema: Schema, options?: { showRequired: boolean }): string {
  const fields = schema.$ref === undefined ? listFields(schema) : [];
  return fields.length === 0 ? `<p>${renderKind(schema)}</p>` : renderFields(fields, 'Field', options);
}

/** Text as HTML; `code` in backquotes becomes an element. */
export const renderText = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
