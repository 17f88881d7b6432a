import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/shared/zoned-time.ts';
import { findAppointment, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, press, screens, walkTo } from './clinic.ts';

const stage = prepareStage();

/** An agenda in which Ágata comes every week at nine, four times. */
async function prepareSeries() {
  const agenda = await prepareAgenda(stage);
  const { bruno, agata, day } = agenda;
  const { body } = await bruno.api('POST /series', {
    body: {
      ...{ clientId: agata, professionalId: bruno.professionalId, visitType: 'consulta', durationMinutes: 60 },
      localStart: `${day}T09:00`,
      rule: { every: 1, unit: 'week', count: 4 },
      // A holiday among them stays: what is moved below must not depend on the day of the test.
      choices: Object.fromEntries(
        [0, 1, 2, 3].map((week) => [addDays(day, 7 * week), `${addDays(day, 7 * week)}T12:00:00Z`]),
      ),
    },
  });
  if (!('appointments' in body)) throw new Error('the series was not booked');
  const ids = body.appointments.map(({ id }) => id);
  const read = async () =>
    (await bruno.api('GET /appointments', { query: { clientId: agata } })).body.items.map(
      ({ localStart, status }) => `${localStart.slice(11)} ${status}`,
    );
  return { ...agenda, ids, read };
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
