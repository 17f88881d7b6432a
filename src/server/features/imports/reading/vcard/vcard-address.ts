import { addOther, type Cells, oneLine, partsOf, put } from './vcard-cells.ts';
import type { Property } from './vcard-property.ts';

const brazil = /^(?:br|bra|brasil|brazil)?$/i;
/** The most characters of an address line that is parsed; a field can have 200. */
const longestLine = 300;
/** Lines that describe a place within a building. */
const within =
  /^(?:(?:ap|apt|apto|apartamento|bl|bloco|casa|cj|conj|conjunto|sala|andar|torre|lote|quadra)\b.{0,20}\d|bloco [a-z]\b|\d{1,2}\D{0,2} andar|fundos)/i;

/** Takes one Brazilian address, preferably the one at home, into fields. Others are kept as text. */
export function takeAddresses(cells: Cells, properties: readonly Property[]): void {
  const home = properties.filter(({ types }) => types.includes('home'));
  let isTaken = false;
  for (const property of [...home, ...properties.filter((other) => !home.includes(other))]) {
    const parts = partsOf(property);
    const filled = parts.filter((part) => part !== '').map(oneLine);
    if (filled.length === 0) continue;
    if (isTaken || !brazil.test(parts[6] ?? '')) addOther(cells, 'ADR', filled.join(', '));
    else takeAddress(cells, parts);
    isTaken ||= brazil.test(parts[6] ?? '');
  }
}

function takeAddress(cells: Cells, parts: readonly string[]): void {
  const [box = '', extended = '', street = '', city = '', region = '', postalCode = ''] = parts;
  const [first = '', ...below] = street
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  const { name, number } = parseStreet(first);
  const inside = below.filter((line) => within.test(line));
  put(cells, 'Address 1 - Street', name);
  put(cells, 'Address Number', number);
  put(cells, 'Address Complement', [oneLine(extended), ...inside].filter((text) => text !== '').join(', '));
  put(cells, 'Address Neighborhood', below.filter((line) => !inside.includes(line)).join(', '));
  put(cells, 'Address 1 - City', oneLine(city));
  put(cells, 'Address 1 - Region', oneLine(region));
  put(cells, 'Address 1 - Postal Code', oneLine(postalCode));
  if (box !== '') addOther(cells, 'ADR', oneLine(box));
}

/** Splits `Rua das Flores, 123`: in Brazil the number follows the last comma. */
function parseStreet(line: string): { readonly name: string; readonly number: string } {
  const comma = line.lastIndexOf(',');
  const number = line.slice(comma + 1).trim();
  if (
    comma <= 0 ||
    line.length > longestLine ||
    !/^(?:n[º°o.]{0,2} ?|km ?)?(?:\d{1,6} ?[a-z]?|s\/?n[º°]?)$/i.test(number)
  )
    return { name: line, number: '' };
  return { name: line.slice(0, comma).trim(), number };
}
