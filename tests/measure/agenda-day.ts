import type { Page } from 'playwright-core';
import pg from 'pg';
import type { Product } from './product.ts';

/** A full day of a large clinic: 40 appointments of a quarter of an hour for each of 20 professionals, without a gap. */
export const dayShape = { professionals: 20, appointments: 40 } as const;
const all = dayShape.professionals * dayShape.appointments;

/** A Monday that is no holiday. */
const day = '2031-03-10';
/** Reception, who sees everybody's day. */
export const dayReader = 'recepcao@exemplo.test';

const fill = `
  with type as (
    insert into visit_types (clinic_id, key, name, minutes) values ($1, 'consulta', 'Consulta', 15)
    on conflict do nothing
  ), reader as (
    insert into professionals (clinic_id, email, first_name, role) values ($1, $2, 'Recepção', 'reception')
  ), more as (
    insert into professionals (clinic_id, email, first_name, last_name, role)
    select $1, 'dia' || n || '@exemplo.test', 'Profissional', n::text, 'professional'
    from generate_series(2, ${String(dayShape.professionals)}) as n returning id
  ), people as (
    select id from more union all select $3::uuid
  ), made as (
    insert into clients (clinic_id, professional_id, first_name, last_name)
    select $1, id, 'Cliente', 'de Souza ' || n from people, generate_series(0, ${String(dayShape.appointments - 1)}) as n
    returning id, professional_id, substring(last_name from '\\d+')::int as n
  )
  insert into appointments (clinic_id, professional_id, client_id, visit_type, start_at, end_at, local_start, time_zone)
  select $1, professional_id, made.id, 'consulta', t.start_at at time zone 'America/Sao_Paulo',
    t.start_at at time zone 'America/Sao_Paulo' + interval '15 minutes', t.start_at, 'America/Sao_Paulo'
  from made cross join lateral (select timestamp '${day} 08:00' + n * interval '15 minutes' as start_at) as t`;

/** Books the full day in the product's clinic. */
export async function fillDay({ databaseUrl, clinic }: Product): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(fill, [clinic.clinicId, dayReader, clinic.professionalId]);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Notes when the day has been painted as far as it is in sight, and when all of it has. Runs in the page before its scripts. */
function watchDay(count: number): void {
  const note = (name: string): void => {
    // A task after the next frame: by then that frame has been painted.
    requestAnimationFrame(() => setTimeout(() => performance.mark(name), 0));
  };
  let isNoted = false;
  const observer = new MutationObserver(() => {
    const shown = document.querySelectorAll('[data-appointment]').length;
    if (shown === 0) return;
    if (!isNoted && hasAllInSight()) {
      isNoted = true;
      note('day-in-sight');
    }
    if (shown < count) return;
    observer.disconnect();
    note('day-complete');
  });
  observer.observe(document, { childList: true, subtree: true });

  /**
   * Counted by the least width of a column and the height of an appointment, within what navigation, hours and toolbar leave of
   * the window: asking for boxes would lay out the page before its time.
   */
  function hasAllInSight(): boolean {
    const columns = [...document.querySelectorAll('[data-column]')].slice(0, Math.ceil((innerWidth - 348) / 152));
    const rows = Math.ceil((innerHeight - 256) / 22.5);
    return columns.every((column) => column.querySelectorAll('[data-appointment]').length >= rows);
  }
}

/** Milliseconds from the last byte of a day's appointments. */
export interface DayOpening {
  /** Until what can be seen without scrolling is painted. */
  readonly inSight: number;
  /** Until all 800 are. */
  readonly complete: number;
}

/** Opens the day. */
export async function openDay(page: Page, address: string): Promise<DayOpening> {
  await page.addInitScript(watchDay, all);
  await page.goto(`${address}/agenda?dia=${day}`);
  await page.waitForFunction(() => performance.getEntriesByName('day-complete').length > 0);
  return page.evaluate(() => {
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    const answers = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/api/v1/appointments?')) as PerformanceResourceTiming[];
    const ends = answers.map(({ responseEnd }) => responseEnd).filter((end) => end <= at('day-in-sight'));
    const data = Math.max(...ends);
    return { inSight: at('day-in-sight') - data, complete: at('day-complete') - data };
  });
}

/** How smooth a drag is, in milliseconds. */
export interface DragFrames {
  readonly frames: number;
  readonly median: number;
  readonly worst: number;
  /** Frames that the browser itself counts as long: over 50 ms of work. */
  readonly long: number;
}

/** Takes an appointment across the day and the columns, a step a frame, and puts it back. */
export async function dragAcrossDay(page: Page): Promise<DragFrames> {
  const appointment = page.locator('[data-appointment]').nth(4);
  await appointment.scrollIntoViewIfNeeded();
  const box = await appointment.boundingBox();
  if (box === null) throw new Error('there is nothing to drag');
  const from = { x: box.x + box.width / 2, y: box.y + 4 };
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const to = { x: width * 0.8, y: height * 0.85 };
  await page.mouse.move(from.x, from.y);
  await page.evaluate(startWatch);
  await page.mouse.down();
  const steps = 120;
  for (let step = 1; step <= steps; step++) {
    const share = step / steps;
    await page.mouse.move(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  }
  const watched = await page.evaluate(endWatch);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const sorted = watched.times.toSorted((one, other) => one - other);
  return {
    frames: sorted.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    worst: sorted.at(-1) ?? Number.NaN,
    long: watched.long,
  };
}

interface Watch {
  readonly times: number[];
  readonly observer: PerformanceObserver;
  long: number;
  isOn: boolean;
}

/** Times every frame from now on. Runs in the page. */
function startWatch(): void {
  const watch: Watch = {
    times: [],
    long: 0,
    isOn: true,
    observer: new PerformanceObserver((list) => {
      watch.long += list.getEntries().length;
    }),
  };
  watch.observer.observe({ type: 'long-animation-frame' });
  (globalThis as { dragWatch?: Watch }).dragWatch = watch;
  let before = performance.now();
  const next = (now: number): void => {
    watch.times.push(now - before);
    before = now;
    if (watch.isOn) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** Ends the watch that `startWatch` began. Runs in the page. */
function endWatch(): { readonly times: number[]; readonly long: number } {
  const { dragWatch: watch } = globalThis as { dragWatch?: Watch };
  if (watch === undefined) throw new Error('nothing was watched');
  watch.isOn = false;
  const long = watch.long + watch.observer.takeRecords().length;
  watch.observer.disconnect();
  return { times: watch.times, long };
}
