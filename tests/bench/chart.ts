import type { BenchReport } from './report.ts';

const colours = ['#0f766e', '#b45309', '#7c3aed'];
const [left, width, row, top] = [210, 720, 26, 56];
/** Milliseconds at both ends of the scale. */
const [least, most] = [0.1, 1000];

const toX = (milliseconds: number): number => {
  const share = Math.log(Math.min(most, Math.max(least, milliseconds)) / least) / Math.log(most / least);
  return left + share * (width - left - 20);
};

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Draws how long each kind of request takes: the median as a dot and the way to the 99th percentile as a line, by size. */
export function drawChart({ sizes }: BenchReport): string {
  const names = [...new Set(sizes.flatMap(({ settled }) => Object.keys(settled)))];
  const height = top + names.length * row + 34;
  const ticks = [0.1, 1, 10, 100, 1000].map(
    (tick) =>
      `<line x1="${at(toX(tick))}" x2="${at(toX(tick))}" y1="${at(top - 8)}" y2="${at(height - 30)}" stroke="#94a3b8" stroke-opacity=".5"/>` +
      `<text x="${at(toX(tick))}" y="${at(height - 12)}" text-anchor="middle">${String(tick)} ms</text>`,
  );
  const legend = sizes.map(
    ({ clients }, index) =>
      `<circle cx="${at(left + 8 + index * 150)}" cy="18" r="5" fill="${colourOf(index)}"/>` +
      `<text x="${at(left + 20 + index * 150)}" y="22">${clients.toLocaleString('en')} clients</text>`,
  );
  const rows = names.map((name, line) => {
    const y = top + line * row;
    const marks = sizes.map(({ settled }, index) => {
      const measured = settled[name];
      if (measured === undefined) return '';
      const height = y + (index - (sizes.length - 1) / 2) * 6;
      return (
        `<line x1="${at(toX(measured.p50))}" x2="${at(toX(measured.p99))}" y1="${at(height)}" y2="${at(height)}" stroke="${colourOf(index)}" stroke-width="2" stroke-opacity=".55"/>` +
        `<circle cx="${at(toX(measured.p50))}" cy="${at(height)}" r="4" fill="${colourOf(index)}"/>`
      );
    });
    return `<text x="${at(left - 12)}" y="${at(y + 4)}" text-anchor="end">${escape(name)}</text>${marks.join('')}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at(width)} ${at(height)}" role="img" aria-label="Median and 99th percentile of each request, by number of clients">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#475569}</style><rect width="100%" height="100%" fill="#fff"/>',
    ...legend,
    ...ticks,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

const at = (value: number): string => String(Math.round(value * 10) / 10);
const colourOf = (index: number): string => colours[index % colours.length] ?? '';
