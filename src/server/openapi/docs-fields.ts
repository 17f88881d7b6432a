import { escapeHtml } from '../http/escape-html.ts';
import type { Schema } from './types.ts';

/** One line of a table of fields: `address.city`, what it takes, what it means. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description: string | undefined;
}

const nameOfRef = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** The schema besides null, and whether null is taken too. */
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

/** The kind of a value, with a link where it has a page of its own. HTML. */
function kindOf(given: Schema): string {
  const { schema, nullable } = withoutNull(given);
  const or = nullable ? ' or null' : '';
  if (schema.$ref !== undefined) {
    const name = nameOfRef(schema.$ref);
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>${or}`;
  }
  if (schema.items !== undefined) return `list of ${kindOf(schema.items)}${or}`;
  if (schema.enum !== undefined) return `one of ${schema.enum.map((value) => code(String(value))).join(', ')}${or}`;
  const kind = Array.isArray(schema.type)
    ? schema.type.join(' or ')
    : ((schema.type as string | undefined) ?? 'any value');
  return `${escapeHtml(schema.format ?? kind)}${or}`;
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** The bounds of a value in words. HTML. */
function limitsOf(given: Schema): string[] {
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
    ...(schema.items === undefined ? [] : limitsOf(schema.items).map((limit) => `each ${limit}`)),
  ];
}

/** The fields of an object, those of nested objects dotted. */
export function fieldsOf(given: Schema, prefix = ''): Field[] {
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
    return [own, ...fieldsOf(field, inner.items === undefined ? `${path}.` : `${path}[].`)];
  });
}

/** A table of fields. HTML; empty when there are none. */
export function renderFields(fields: readonly Field[], what: string, { showRequired = true } = {}): string {
  if (fields.length === 0) return '';
  const rows = fields.map(({ name, required, schema, description }) => {
    const limits = limitsOf(schema);
    return `<tr><td>${code(name)}${showRequired && required ? ' <span class="required">required</span>' : ''}</td>
<td><p>${kindOf(schema)}</p>${limits.length > 0 ? `<p class="limits">${limits.join('; ')}</p>` : ''}${description === undefined ? '' : `<p>${renderText(description)}</p>`}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th scope="col">${what}</th><th scope="col">What</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** What an answer or a body is: a named shape, or its fields. HTML. */
export function renderShape(schema: Schema, options?: { showRequired: boolean }): string {
  const fields = schema.$ref === undefined ? fieldsOf(schema) : [];
  return fields.length === 0 ? `<p>${kindOf(schema)}</p>` : renderFields(fields, 'Field', options);
}

/** Text with `code` in it. HTML. */
export const renderText = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
