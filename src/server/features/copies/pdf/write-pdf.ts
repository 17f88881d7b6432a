import { createRequire } from 'node:module';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type PdfKit from 'pdfkit';
import type { z } from 'zod';
import type { Client, clientDataExport } from '../../../../shared/contracts/clients.ts';
import { formatSignature } from '../../../../shared/format.ts';
import { formatName } from '../../../../shared/person-name.ts';
import type { DataParts } from '../../clients/api.ts';
import { type Line, Reader } from './lines.ts';
import { partLabels, titles } from './words.ts';

type Pdf = InstanceType<typeof PdfKit>;

/** Points. */
const margin = 56;
const indent = 14;

const { resolve } = createRequire(import.meta.url);
const regular = resolve('@expo-google-fonts/figtree/400Regular/Figtree_400Regular.ttf');
const strong = resolve('@expo-google-fonts/figtree/600SemiBold/Figtree_600SemiBold.ttf');
const ink = { text: '#1E1C19', quiet: '#5F5A52', accent: '#0F766E' };

interface Style {
  readonly font: string;
  /** Points. */
  readonly size: number;
  readonly color: string;
}

const styles = {
  name: { font: strong, size: 20, color: ink.text },
  about: { font: regular, size: 11, color: ink.quiet },
  title: { font: strong, size: 14, color: ink.accent },
  item: { font: strong, size: 11, color: ink.text },
  label: { font: regular, size: 10, color: ink.quiet },
  value: { font: regular, size: 10, color: ink.text },
  number: { font: regular, size: 9, color: ink.quiet },
} satisfies Record<string, Style>;

/** The style of what is written now: a text that goes on on the next page needs it again after the page's number. */
const current = new WeakMap<Pdf, Style>();

function use(pdf: Pdf, style: Style): Pdf {
  current.set(pdf, style);
  return pdf.font(style.font).fontSize(style.size).fillColor(style.color);
}

/**
 * A person's copy to read: A4, Portuguese, with the fonts in it (ISO 32000). Pages leave as they are filled, so a long copy takes no
 * more memory than a short one; other work of the process has its turn after every record.
 */
export function writePdf(parts: DataParts, timeZone: string): Readable {
  const output = new PassThrough();
  compose(parts, timeZone, output).catch((error: unknown) => {
    output.destroy(error as Error);
  });
  return output;
}

async function compose(parts: DataParts, timeZone: string, output: PassThrough): Promise<void> {
  // A megabyte of code that few processes need.
  const { default: PdfDocument } = await import('pdfkit');
  const [client] = parts.client as readonly Client[];
  const [clinic] = parts.clinic as readonly { name: string }[];
  const [professional] = parts.professional as readonly Responsible[];
  const name = formatName(client?.socialName ?? client?.firstName, client?.lastName);
  const pdf = new PdfDocument({
    ...{ size: 'A4', margin, font: regular, lang: 'pt-BR', displayTitle: true, pdfVersion: '1.7' },
    info: { Title: `Cópia dos dados de ${name}`, Author: clinic?.name ?? '', Creator: 'Acolhe' },
  });
  pdf.pipe(output);
  pdf.once('error', (error: Error) => output.destroy(error));
  numberPages(pdf);
  forgetWords(pdf);
  writeHead(
    pdf,
    { name, clinic: clinic?.name ?? '', professional },
    new Reader(timeZone).text('at', new Date().toISOString()),
  );
  for (const [part, title] of Object.entries(titles))
    await writeList(pdf, output, title, parts[part as keyof typeof titles], new Reader(timeZone, partLabels[part]));
  pdf.end();
}

/** Writes the number at the foot of each page, without moving the place where the text goes on or how it looks. */
function numberPages(pdf: Pdf): void {
  let number = 0;
  const write = (): void => {
    number += 1;
    const { x, y } = pdf;
    const style = current.get(pdf);
    const { bottom } = pdf.page.margins;
    pdf.page.margins.bottom = 0;
    use(pdf, styles.number);
    const right = pdf.page.width - margin - pdf.widthOfString(String(number));
    pdf.text(String(number), right, pdf.page.height - margin / 1.5, { lineBreak: false });
    pdf.page.margins.bottom = bottom;
    pdf.x = x;
    pdf.y = y;
    if (style !== undefined) use(pdf, style);
  };
  write();
  pdf.on('pageAdded', write);
}

const pagesRemembered = 10;

/** pdfkit keeps the layout of every word for as long as the document is written. That of the last pages is enough. */
function forgetWords(pdf: Pdf): void {
  let pages = 0;
  pdf.on('pageAdded', () => {
    pages += 1;
    if (pages % pagesRemembered !== 0) return;
    const { _fontFamilies: families } = pdf as unknown as { _fontFamilies: Record<string, { layoutCache?: object }> };
    for (const font of Object.values(families))
      if (font.layoutCache !== undefined) font.layoutCache = Object.create(null) as object;
  });
}

type Responsible = z.output<typeof clientDataExport>['professional'];

interface Head {
  readonly name: string;
  readonly clinic: string;
  readonly professional: Responsible | undefined;
}

function writeHead(pdf: Pdf, { name, clinic, professional }: Head, at: string): void {
  use(pdf, styles.name).text(name, margin);
  pdf.moveDown(0.3);
  use(pdf, styles.about).text(`Cópia dos dados guardados por ${clinic}, feita em ${at}.`);
  if (professional !== undefined) {
    const { name: who } = professional;
    pdf.text(`Profissional responsável: ${[who, formatSignature(professional)].filter(Boolean).join(', ')}.`);
  }
  pdf.text('LGPD (Lei 13.709/2018), art. 18, II e V. Os mesmos dados, completos, estão em dados.json.');
}

async function writeList(
  pdf: Pdf,
  output: PassThrough,
  title: string,
  items: DataParts[keyof DataParts],
  reader: Reader,
): Promise<void> {
  let number = 0;
  for await (const item of items as AsyncIterable<object>) {
    if (number === 0) writeTitle(pdf, title);
    number += 1;
    if (!Array.isArray(items)) writeItemHead(pdf, reader.heading(item, number));
    for (const line of reader.lines(item)) writeLine(pdf, line);
    await giveWay(output);
  }
}

/** Lets other work run, and waits while nobody reads what is written. */
async function giveWay(output: PassThrough): Promise<void> {
  do await nextTurn();
  while (output.writableNeedDrain && !output.destroyed);
  if (output.destroyed) throw new Error('nobody reads the copy any more');
}

/** Longer than any word or address; measuring one that fills pages takes the square of its length. */
const longestWord = 300;

const breakWords = (text: string): string =>
  text.replaceAll(new RegExp(`\\S{${String(longestWord)}}(?=\\S)`, 'gu'), '$& ');

/** A heading needs room for a few lines below it. */
function keepTogether(pdf: Pdf, points: number): void {
  if (pdf.y + points > pdf.page.height - margin) pdf.addPage();
}

function writeTitle(pdf: Pdf, title: string): void {
  keepTogether(pdf, 90);
  pdf.moveDown(1.2);
  use(pdf, styles.title).text(title, margin);
  pdf.moveDown(0.2);
}

function writeItemHead(pdf: Pdf, heading: string): void {
  keepTogether(pdf, 50);
  pdf.moveDown(0.6);
  use(pdf, styles.item).text(heading, margin);
}

function writeLine(pdf: Pdf, { label, value, depth }: Line): void {
  const x = margin + depth * indent;
  use(pdf, styles.label);
  // pdfkit breaks no page between a label and its value, which are one text.
  keepTogether(pdf, (value === undefined ? 2 : 1) * pdf.currentLineHeight(true));
  if (value === undefined) pdf.text(`${label}:`, x);
  else {
    pdf.text(`${label}: `, x, undefined, { continued: true, width: pdf.page.width - margin - x });
    use(pdf, styles.value).text(breakWords(value));
  }
}
