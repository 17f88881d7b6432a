import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { screens } from '../support/screens.ts';
import { dayReader, dayShape, dragAcrossDay, fillDay, openDay } from './agenda-day.ts';
import { type Device, openBrowser } from './browser.ts';
import { measureFirstLoad, sizeLimits } from './first-load.ts';
import { judge } from './lighthouse.ts';
import { type Product, startProduct } from './product.ts';
import { loadWholeList, measureScroll } from './scrolling.ts';

const clients = 100_000;
const broken: string[] = [];

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Prints a figure with its limit, and notes when the limit is exceeded. */
function check(name: string, figure: string, limit: string, holds: boolean): void {
  print(`${holds ? '✓' : '✗'} ${name.padEnd(46)} ${figure.padStart(10)}   ${limit}`);
  if (!holds) broken.push(name);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

/** Waits for the main content of a page. */
const waitForPage = {
  '/entrar': (page: Page) => page.getByRole('button', { name: 'Receber código' }).waitFor(),
  '/clientes': (page: Page) => page.locator('.client-row').first().waitFor(),
} as const;

/** Opens a device for one measurement and always closes it. */
async function withDevice(work: (device: Device) => Promise<void>, ...[options, as]: Parameters<typeof openBrowser>) {
  const device = await openBrowser(options, as);
  try {
    await work(device);
  } finally {
    await device.close();
  }
}

async function measureSizes(product: Product): Promise<void> {
  print('\nFirst load with an empty cache, as served');
  for (const path of ['/entrar', '/clientes'] as const)
    await withDevice(
      async ({ context }) => {
        const page = await context.newPage();
        const load = await measureFirstLoad(page, `${product.address}${path}`, () => waitForPage[path](page));
        const limit = sizeLimits[path];
        check(
          `${path}: JavaScript (${load.encodings.join(', ')})`,
          kilobytes(load.javascript),
          `at most ${kilobytes(limit)}`,
          load.javascript <= limit,
        );
        const parts = load.kinds.map(([kind, bytes]) => `${kind} ${kilobytes(bytes)}`);
        print(`  everything ${kilobytes(load.total)}: ${parts.join(', ')}`);
      },
      screens.phone,
      path === '/entrar' ? undefined : product,
    );
}

async function askLighthouse(product: Product): Promise<void> {
  print('\nLighthouse, phone with an empty cache, median of three');
  const card = `/clientes/${product.clinic.clientIds[0] ?? ''}`;
  for (const path of ['/entrar', '/clientes', card])
    await withDevice(
      async (browser) => {
        const name = path === card ? '/clientes/{id}' : path;
        const marks = await judge(`${product.address}${path}`, browser);
        const of = (kind: string, mark: number, least: number): void => {
          check(`${name}: ${kind}`, String(mark), `at least ${String(least)}`, mark >= least);
        };
        of('performance', marks.performance, 95);
        of('accessibility', marks.accessibility, 100);
        of('best practices', marks.bestPractices, 100);
        print(
          `  largest paint ${marks.largestPaint.toFixed(2)} s, blocked ${marks.blocking.toFixed(0)} ms, ` +
            `shift ${marks.shift.toFixed(3)}${marks.failures.length > 0 ? `; wanting: ${marks.failures.join('; ')}` : ''}`,
        );
      },
      {},
      path === '/entrar' ? undefined : product,
    );
}

/** Pixels per second: as fast as a quick flick on a phone, or a wheel that is turned fast. */
const speed = 3000;

async function scrollList(product: Product): Promise<void> {
  print(`\nScrolling ${clients.toLocaleString('en')} clients at ${String(speed)} pixels a second, for ten seconds`);
  for (const [name, screen] of Object.entries(screens))
    await withDevice(
      async ({ context }) => {
        const page = await context.newPage();
        await page.goto(`${product.address}/clientes`);
        await waitForPage['/clientes'](page);
        await page.waitForTimeout(2000);
        await report(page, `${name}, from the top, rows arriving`, speed);
        const took = await loadWholeList(page, clients);
        print(`  ${name}: all rows loaded in ${(took / 1000).toFixed(0)} s`);
        await page.waitForTimeout(1000);
        await report(page, `${name}, back from the last row`, -speed);
      },
      screen,
      product,
    );
}

async function report(page: Page, name: string, direction: number): Promise<void> {
  const { frames, median, p95, late, dropped, distance } = await measureScroll(page, direction, 10);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  // 19 of 20 frames must come 60 times a second, with a tolerance of a tenth of a frame for the clock.
  check(`${name}: p95 frame`, `${p95.toFixed(1)} ms`, 'at most 18.3 ms', p95 <= (1000 / 60) * 1.1);
  print(
    `  ${String(frames)} frames over ${distance.toFixed(0)} px: median ${median.toFixed(1)} ms, ` +
      `late ${percent(late)}, over 33 ms ${percent(dropped)}`,
  );
}

/** Each run with a new browser, in which nothing is compiled yet. Of several the median counts, as other work lowers them. */
const dayRuns = 5;

async function showDay(product: Product): Promise<void> {
  const { professionals, appointments } = dayShape;
  print(`\nA day of ${String(professionals)} professionals with ${String(appointments)} appointments each, computer`);
  await fillDay(product);
  const reception = { address: product.address, signIn: () => product.signIn(dayReader) };
  const runs: Awaited<ReturnType<typeof openDay>>[] = [];
  const drags: Awaited<ReturnType<typeof dragAcrossDay>>[] = [];
  for (let run = 0; run < dayRuns; run++)
    await withDevice(
      async ({ context }) => {
        const page = await context.newPage();
        runs.push(await openDay(page, product.address));
        drags.push(await dragAcrossDay(page));
      },
      screens.computer,
      reception,
    );
  const median = (values: readonly number[]): number =>
    values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
  const inSight = median(runs.map((run) => run.inSight));
  check('from the data until the day is on the screen', `${inSight.toFixed(0)} ms`, 'at most 100 ms', inSight <= 100);
  print(`  what is beyond the screen, too: ${median(runs.map((run) => run.complete)).toFixed(0)} ms`);
  const worst = median(drags.map((drag) => drag.worst));
  check('dragging across the day: longest frame', `${worst.toFixed(1)} ms`, 'at most 50 ms', worst <= 50);
  const typical = median(drags.map((drag) => drag.median)).toFixed(1);
  print(`  median frame ${typical} ms, over 50 ms in ${drags.map(({ long }) => String(long)).join(', ')} frames`);
}

/** Prints the machine's load, because other work makes the speeds worse; sizes do not depend on it. */
function tellLoad(): void {
  const [load = 0] = loadavg();
  // Server, database and browser of this run alone make a load of about one per core.
  const isBusy = load > 1.5 * cpus().length;
  print(`Load ${load.toFixed(1)}${isBusy ? ': the machine is busy with other work, which costs speed' : ''}`);
}

const sections = { sizes: measureSizes, lighthouse: askLighthouse, scrolling: scrollList, day: showDay };

/** The sections that were asked for by name, otherwise all. Throws on a name that is none. */
function chosenSections(): ((product: Product) => Promise<void>)[] {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.find((name) => !Object.hasOwn(sections, name));
  if (unknown !== undefined) throw new Error(`No section ${unknown}: ${Object.keys(sections).join(', ')}`);
  return Object.entries(sections).flatMap(([name, section]) =>
    positionals.length === 0 || positionals.includes(name) ? [section] : [],
  );
}

const chosen = chosenSections();
const product = await startProduct(clients, tell);
try {
  print(`${String(cpus().length)} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}`);
  tellLoad();
  for (const section of chosen) await section(product);
} finally {
  await product.stop();
}
tellLoad();
if (broken.length > 0) print(`Broken: ${broken.join('; ')}`);
process.exitCode = broken.length > 0 ? 1 : 0;
