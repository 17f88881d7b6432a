import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/shared/zoned-time.ts';
import { centerOf, drag, findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, press, screens, walkTo } from './clinic.ts';

const stage = prepareStage();

/** The first day that is open and whose next three weeks are, too: without a holiday. */
async function findOpenWeeks({ bruno, day }: Awaited<ReturnType<typeof prepareAgenda>>): Promise<string> {
  const { body } = await bruno.api('GET /availability', { query: { from: day, to: addDays(day, 60) } });
  const open = new Set(body.items.flatMap((item) => item.open.map(({ startAt }) => startAt.slice(0, 10))));
  const found = [...open].find((each) => [7, 14, 21].every((days) => open.has(addDays(each, days))));
  if (found === undefined) throw new Error('there are holidays every other week');
  return found;
}

/** An agenda in which Ágata comes every week at nine, four times. */
async function prepareSeries() {
  const agenda = await prepareAgenda(stage);
  const { bruno, agata } = agenda;
  const day = await findOpenWeeks(agenda);
  const { body } = await bruno.api('POST /series', {
    body: {
      ...{ clientId: agata, professionalId: bruno.professionalId, visitType: 'consulta', durationMinutes: 60 },
      localStart: `${day}T09:00`,
      rule: { every: 1, unit: 'week', count: 4 },
    },
  });
  if (!('appointments' in body)) throw new Error('the series was not booked');
  const ids = body.appointments.map(({ id }) => id);
  const read = async () =>
    (await bruno.api('GET /appointments', { query: { clientId: agata } })).body.items.map(
      ({ localStart, status }) => `${localStart.slice(11)} ${status}`,
    );
  return { ...agenda, day, ids, read };
}

const findPanel = (page: Page): Locator => page.getByRole('dialog', { name: 'Ágata Nóbrega' });

describe.each(screens)('a series on a %s', (screen) => {
  it('says how many a change is about, and cancels this and the following', async () => {
    const page = await stage.openDevice(screen);
    const { day, ids, read, open } = await prepareSeries();
    await open(page, `/agenda?dia=${addDays(day, 14)}&atendimento=${ids[2] ?? ''}`);
    await press(screen, findPanel(page).getByRole('button', { name: 'Cancelar', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Cancelar o atendimento' });
    await dialog.getByText('2 atendimentos por vir').waitFor();
    await dialog.getByText('4 atendimentos por vir').waitFor();
    await dialog.getByRole('radio', { name: /^Este e os seguintes/ }).check();
    await press(screen, dialog.getByRole('button', { name: 'Cancelar atendimento' }));
    await page.getByText('Série cancelada.').waitFor();
    await expectSoon(read).toEqual(['09:00 scheduled', '09:00 scheduled', '09:00 canceled', '09:00 canceled']);
  });
});

it('by keyboard: an appointment of a series that is moved on the grid asks how much moves along', async () => {
  const page = await stage.openDevice('computer');
  const { day, read, open } = await prepareSeries();
  await open(page, `/agenda?dia=${day}`);
  const appointment = findAppointment(page, '09:00', 'Ágata');
  await appointment.waitFor();
  await walkTo(page, page.getByRole('button', { name: 'Livre 08:00–09:00' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Mudar a série' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await read()).toEqual(Array.from({ length: 4 }, () => '09:00 scheduled'));
  await walkTo(page, findAppointment(page, '09:00', 'Ágata'));
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await question.waitFor();
  await walkTo(page, question.getByRole('button', { name: 'Remarcar' }));
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  await expectSoon(async () => (await read()).filter((each) => each === '09:00 scheduled').length).toBe(3);
});

/** Moves what stands at a time an hour later, and answers how much of the series moves along. */
const movers = {
  mouse: async (page: Page, time: string, scope: RegExp): Promise<void> => {
    const at = await centerOf(findAppointment(page, time, 'Ágata'));
    // The appointment is an hour high.
    await drag(page, at, { x: at.x, y: at.y + at.height });
    const question = page.getByRole('dialog', { name: 'Mudar a série' });
    await question.getByRole('radio', { name: scope }).check();
    await question.getByRole('button', { name: 'Remarcar' }).click();
    await question.waitFor({ state: 'detached' });
  },
  keyboard: async (page: Page, time: string, scope: RegExp): Promise<void> => {
    await findAppointment(page, time, 'Ágata').waitFor();
    await walkTo(page, findGap(page, `08:00–${time}`));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    // The grid's step is half an hour.
    for (let steps = 0; steps < 2; steps++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: 'Mudar a série' });
    const chosen = question.getByRole('radio', { name: scope });
    await walkTo(page, question.getByRole('radio').first());
    for (let steps = 0; steps < 2 && !(await chosen.isChecked()); steps++) await page.keyboard.press('ArrowDown');
    await walkTo(page, question.getByRole('button', { name: 'Remarcar' }));
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
  },
};

it.each(['mouse', 'keyboard'] as const)('by %s one of a series moves, this and the following, and all', async (by) => {
  const page = await stage.openDevice('computer');
  const { day, read, open } = await prepareSeries();
  const times = async () => (await read()).map((each) => each.slice(0, 5));
  await open(page, `/agenda?dia=${day}`);
  await movers[by](page, '09:00', /^Só este/);
  await expectSoon(times).toEqual(['10:00', '09:00', '09:00', '09:00']);
  await page.goto(`/agenda?dia=${addDays(day, 7)}`);
  await movers[by](page, '09:00', /^Este e os seguintes/);
  await expectSoon(times).toEqual(['10:00', '10:00', '10:00', '10:00']);
  await page.goto(`/agenda?dia=${addDays(day, 14)}`);
  await movers[by](page, '10:00', /^Todos/);
  // What was moved on its own stays.
  await expectSoon(times).toEqual(['10:00', '11:00', '11:00', '11:00']);
});
