import { buffer } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { writePdf } from './write-pdf.ts';
import { titles } from './words.ts';

/** What is drawn on each page, in the operators of ISO 32000. */
function readPages(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n/g)]
    .map(({ index, 0: head }) => {
      const start = index + head.length;
      return inflateSync(pdf.subarray(start, text.indexOf('endstream', start))).toString('latin1');
    })
    .filter((content) => /\bBT\b/.test(content));
}

/** The places of texts on a page, in points from its bottom. */
const placesOn = (page: string): number[] =>
  [...page.matchAll(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g)].map(({ 1: y }) => Number(y));

it('fills its pages one after the other, wherever a line, a long text or a heading meets the end of one', async () => {
  const appointments = Array.from({ length: 60 }, (_, number) => ({
    ...{ localStart: '2031-05-06T10:00', visitType: 'consulta', status: 'scheduled' },
    // Of different lengths, so that pages end at every kind of line.
    notes: 'Evolução da lesão, sem dor à palpação. '.repeat((number * 7) % 90),
    history: [{ at: '2031-05-06T13:00:00.000Z', action: 'create', changes: [{ field: 'status', to: 'scheduled' }] }],
  }));
  const parts = Object.fromEntries(
    Object.keys(titles).map((part) => [part, part === 'appointments' ? appointments : []]),
  );
  const file = { ...parts, client: [{ firstName: 'Íris', lastName: 'Paz' }], clinic: [{ name: 'Clínica' }] };
  const pdf = await buffer(writePdf({ ...file, professional: [] } as never, 'America/Sao_Paulo'));
  const pages = readPages(pdf);
  expect(pages.length).toBeGreaterThan(10);
  // None is empty.
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(pages.length);
  for (const page of pages.slice(0, -1)) {
    const [number = 0, ...lines] = placesOn(page).toSorted((one, other) => one - other);
    // The number at the foot, and lines from the top to near the bottom, none twice at a place.
    expect(number).toBeLessThan(50);
    expect(lines.length).toBeGreaterThan(20);
    expect(Math.min(...lines)).toBeLessThan(160);
    expect(Math.max(...lines)).toBeGreaterThan(740);
  }
});
