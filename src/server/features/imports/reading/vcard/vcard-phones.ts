import { addOther, type Cells, oneLine, phonesAtMost, put, textOf } from './vcard-cells.ts';
import type { Property } from './vcard-property.ts';

/** Labels of a contact list by vCard type. */
const usualLabels: readonly (readonly [label: string, types: readonly string[]])[] = [
  ['Mobile', ['cell', 'mobile', 'iphone', 'whatsapp']],
  ['Home', ['home']],
  ['Work', ['work']],
  ['Main', ['main']],
];

/** Takes phones in order of preference, each with its label. Faxes and pagers are kept as other text. */
export function takePhones(cells: Cells, properties: readonly Property[], labels: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const property of properties) {
    const number = numberOf(oneLine(textOf(property)));
    const digits = number.replace(/\D/g, '');
    if (number === '' || seen.has(digits || number)) continue;
    const label = labelOf(property, labels);
    if (property.types.some((type) => type === 'fax' || type === 'pager') || /\bfax$/i.test(label)) {
      addOther(cells, 'FAX', number);
      continue;
    }
    seen.add(digits || number);
    if (seen.size > phonesAtMost) {
      addOther(cells, 'TEL', number);
      continue;
    }
    put(cells, `Phone ${String(seen.size)} - Label`, label);
    put(cells, `Phone ${String(seen.size)} - Value`, number);
  }
}

/** The number of a `tel:` URI such as `tel:+55-11-98765-4321;ext=12` (RFC 3966). */
function numberOf(text: string): string {
  if (!/^tel:/i.test(text)) return text;
  return text.slice(4).split(';', 1)[0]?.trim() ?? '';
}

/** The owner's label, otherwise one from the types. */
function labelOf({ types, group, ownLabel }: Property, labels: ReadonlyMap<string, string>): string {
  const own = group === '' ? undefined : labels.get(group);
  return own ?? ownLabel ?? usualLabels.find(([, names]) => names.some((name) => types.includes(name)))?.[0] ?? '';
}
