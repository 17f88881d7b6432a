import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Without indentation, so that a rule within a media query is found as well. */
const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').replaceAll(/^ +/gm, '');

/** The colours that a selector sets: name → #rrggbb. */
function readColors(selector: string): Map<string, string> {
  const start = css.indexOf(`\n${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const scope = ':is(:root, .palette)';
const scheme = `${scope}[data-scheme='dark']`;
const light = readColors(scope);
const dark = new Map([...light, ...readColors(scheme)]);
const palettes = ['teal', 'indigo', 'rose', 'amber'].flatMap((accent) => [
  { name: `light ${accent}`, colors: new Map([...light, ...readColors(`${scope}[data-accent='${accent}']`)]) },
  { name: `dark ${accent}`, colors: new Map([...dark, ...readColors(`${scheme}[data-accent='${accent}']`)]) },
]);

const grounds = ['ground', 'surface', 'sunken', 'hover'];
/** Least contrast (WCAG): AAA (7:1) for text, AA (4.5:1) on filled buttons, 3:1 for borders that carry meaning. */
const pairs: readonly (readonly [string, string, number])[] = [
  ...grounds.flatMap((ground) => [
    ['text', ground, 7] as const,
    ['text-muted', ground, 6.5] as const,
    ['line-strong', ground, 3] as const,
    ['accent', ground, 3] as const,
  ]),
  ['text-muted', 'ground', 7],
  ['text-muted', 'surface', 7],
  ['accent-ink', 'ground', 7],
  ['accent-ink', 'surface', 7],
  ['accent-ink', 'accent-soft', 7],
  ['text', 'accent-soft', 7],
  ['text', 'warning-soft', 7],
  ['danger', 'ground', 7],
  ['danger', 'surface', 7],
  ['danger', 'danger-soft', 4.5],
  ['success', 'success-soft', 4.5],
  ['warning', 'warning-soft', 4.5],
  ['mark-ink', 'mark', 7],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
];

it.each(palettes)('contrast holds in $name', ({ colors }) => {
  const tooFaint = pairs.flatMap(([ink, ground, least]) => {
    const [one, other] = [colors.get(ink), colors.get(ground)];
    if (one === undefined || other === undefined) return [`no colour ${ink} or ${ground}`];
    const ratio = contrast(one, other);
    return ratio < least ? [`${ink} on ${ground}: ${ratio.toFixed(2)}, needs ${least}`] : [];
  });
  expect(tooFaint).toEqual([]);
});
