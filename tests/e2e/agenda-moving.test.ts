import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { centerOf, drag, findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, walkTo } from './clinic.ts';

const stage = prepareStage();

/** The start that the server has, on the wall clock. */
const startOf = async (agenda: Awaited<ReturnType<typeof prepareAgenda>>): Promise<string | undefined> =>
  (await agenda.bruno.api('GET /appointments', { query: { clientId: agenda.agata } })).body.items[0]?.localStart;

const endOf = async (agenda: Awaited<ReturnType<typeof prepareAgenda>>): Promise<string | undefined> =>
  (await agenda.bruno.api('GET /appointments', { query: { clientId: agenda.agata } })).body.items[0]?.localEnd;

const expectFocus = (thing: Locator): Promise<void> =>
  expectSoon(() => thing.evaluate((element) => element === document.activeElement)).toBe(true);

/** Waits until a scroll has run out: a browser takes a finger that comes down before for the scroll's, not the page's. */
const scrollEnded = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let still = 0; still < 10;) {
      const before = scrollY;
      await new Promise(requestAnimationFrame);
      still = scrollY === before ? still + 1 : 0;
    }
  });

it('arrows walk, M moves, Enter sets, Esc leaves; a screen reader is told', async () => {
  const page = await stage.openDevice('computer');
  const agenda = await prepareAgenda(stage);
  await agenda.book(agenda.agata, '09:00');
  await agenda.open(page);
  const appointment = findAppointment(page, '09:00', 'Ágata');
  await appointment.waitFor();
  await walkTo(page, findGap(page, '08:00–09:00'));
  await page.keyboard.press('ArrowDown');
  await expectFocus(appointment);
  await page.keyboard.press('m');
  await page.getByText(/^Movendo Ágata Nóbrega: 09:00–10:00, Bruno/).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.getByText('Ágata Nóbrega ficou onde estava.').waitFor({ state: 'attached' });
  await page.keyboard.press('m');
  const { slotMinutes } = (await agenda.bruno.api('GET /clinic')).body;
  for (let steps = 0; steps < 60 / slotMinutes; steps++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  await findAppointment(page, '10:00', 'Ágata').waitFor();
  await expectSoon(() => startOf(agenda)).toBe(`${agenda.day}T10:00`);
  await findGap(page, '08:00–10:00').waitFor();
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await findAppointment(page, '09:00', 'Ágata').waitFor();
});

it('Tab comes to the first free time also when free times come late; once somebody books it, the focus is on what stands there', async () => {
  const page = await stage.openDevice('computer');
  const agenda = await prepareAgenda(stage);
  await agenda.book(agenda.agata, '09:00');
  const isShown = Promise.withResolvers<undefined>();
  await page.route('**/api/v1/availability*', async (route) => {
    await isShown.promise;
    await route.continue();
  });
  const listens = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/events'));
  await agenda.open(page);
  await findAppointment(page, '09:00', 'Ágata').waitFor();
  isShown.resolve(undefined);
  await walkTo(page, findGap(page, '08:00–09:00'));
  await listens;
  await agenda.book(agenda.zeca, '08:00', { durationMinutes: 30 });
  await findGap(page, '08:30–09:00').waitFor();
  await expectFocus(findAppointment(page, '08:00', 'Zeca'));
});

it('a mouse drags and resizes; a refused move goes back to its place and offers other times', async () => {
  const page = await stage.openDevice('computer');
  const agenda = await prepareAgenda(stage);
  await agenda.book(agenda.agata, '09:00');
  await agenda.book(agenda.zeca, '12:00');
  await agenda.open(page);
  const start = await centerOf(findAppointment(page, '09:00', 'Ágata'));
  // The appointment is an hour high.
  await drag(page, start, { x: start.x, y: start.y + start.height });
  await findAppointment(page, '10:00', 'Ágata').waitFor();
  await expectSoon(() => startOf(agenda)).toBe(`${agenda.day}T10:00`);
  expect(await page.getByRole('dialog').count()).toBe(0);
  const moved = await centerOf(findAppointment(page, '10:00', 'Ágata'));
  const edge = { x: moved.x, y: moved.y + moved.height / 2 - 4 };
  await drag(page, edge, { x: edge.x, y: edge.y - moved.height / 2 });
  await findGap(page, '10:30–12:00').waitFor();
  await expectSoon(() => endOf(agenda)).toBe(`${agenda.day}T10:30`);
  const short = await centerOf(findAppointment(page, '10:00', 'Ágata'));
  await drag(page, short, { x: short.x, y: short.y + moved.height * 2 });
  const question = page.getByRole('alertdialog', { name: 'O horário não está livre' });
  await question.waitFor();
  await findAppointment(page, '10:00', 'Ágata').waitFor();
  await question.getByRole('button', { name: 'Deixar como estava' }).click();
  expect(await startOf(agenda)).toBe(`${agenda.day}T10:00`);
});

it('a finger drags after a long press, and scrolls before', async () => {
  const page = await stage.openDevice('phone');
  const agenda = await prepareAgenda(stage);
  await agenda.book(agenda.agata, '09:00');
  await agenda.open(page);
  const appointment = findAppointment(page, '09:00', 'Ágata');
  const { x, y, height } = await centerOf(appointment);
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
  const before = await page.evaluate(() => scrollY);
  await send('touchStart', y);
  for (let step = 1; step <= 8; step++) await send('touchMove', y - step * 20);
  await send('touchEnd');
  await expectSoon(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
  await scrollEnded(page);
  expect(await startOf(agenda)).toBe(`${agenda.day}T09:00`);
  const now = await centerOf(appointment);
  await send('touchStart', now.y);
  await page.locator('[data-dragging]').waitFor();
  for (let step = 1; step <= 4; step++) await send('touchMove', now.y + (step * height) / 4);
  await send('touchEnd');
  await findAppointment(page, '10:00', 'Ágata').waitFor();
  await expectSoon(() => startOf(agenda)).toBe(`${agenda.day}T10:00`);
});

it('a finger that wipes sideways goes to the next day', async () => {
  const page = await stage.openDevice('phone');
  const agenda = await prepareAgenda(stage);
  await agenda.book(agenda.agata, '09:00');
  await agenda.open(page);
  const { y } = await centerOf(findAppointment(page, '09:00', 'Ágata'));
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  await send('touchStart', 320);
  for (let step = 1; step <= 4; step++) await send('touchMove', 320 - step * 50);
  await send('touchEnd');
  await findAppointment(page, '09:00', 'Ágata').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('dia')).not.toBe(agenda.day);
});
