import { describe, expect, it } from 'vitest';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, press, screens, walkTo } from './clinic.ts';

const stage = prepareStage();

describe.each(screens)('a package of sessions on a %s', (screen) => {
  it('is agreed on, counts a booking, takes an appointment that exists, and lets it go', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, agata, book, open, day } = await prepareAgenda(stage);
    const read = async () => {
      const { body } = await bruno.api('GET /session-packages', { query: { clientId: agata } });
      return body.items.map(({ name, total, used, booked }) => ({ name, total, used, booked }));
    };
    const id = await book(agata, '09:00');
    await open(page, '/pacotes');
    await press(screen, page.getByRole('button', { name: 'Novo pacote' }));
    const dialog = page.getByRole('dialog', { name: 'Novo pacote de sessões' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('agata');
    await press(screen, dialog.getByRole('option', { name: 'Ágata Nóbrega' }));
    await dialog.getByLabel('Sessões combinadas').fill('2');
    await dialog.getByRole('textbox', { name: 'Nome' }).fill('Drenagem');
    await press(screen, dialog.getByRole('button', { name: 'Criar pacote' }));
    await page.getByRole('listitem', { name: 'Ágata Nóbrega' }).getByText('0 de 2').waitFor();

    await page.goto(`/agenda?dia=${day}&atendimento=${id}`);
    const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
    const choice = panel.getByRole('combobox', { name: 'Pacote' });
    await choice.selectOption({ label: 'Drenagem, 0 de 2 marcadas' });
    await panel.getByText('sessão 1 de 2').first().waitFor();
    await expectSoon(read).toEqual([{ name: 'Drenagem', total: 2, used: 0, booked: 1 }]);

    // Canceled, it uses no session; taken back, it does again.
    await press(screen, panel.getByRole('button', { name: 'Cancelar', exact: true }));
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Cancelar atendimento' }));
    await panel.getByText('Como está, o atendimento não usa uma sessão.').waitFor();
    await expectSoon(read).toEqual([{ name: 'Drenagem', total: 2, used: 0, booked: 0 }]);
    await press(screen, panel.getByRole('button', { name: 'Voltar a agendado' }));
    await panel.getByText('sessão 1 de 2').first().waitFor();

    // The next booking offers the package by itself.
    await press(screen, panel.getByRole('button', { name: 'Fechar' }));
    await findGap(page, '10:00–18:00').click({ position: { x: 20, y: 4 } });
    const booking = page.getByRole('dialog', { name: 'Agendar' });
    await booking.getByRole('combobox', { name: 'Cliente' }).fill('agata');
    await press(screen, booking.getByRole('option', { name: 'Ágata Nóbrega' }));
    await booking.getByRole('combobox', { name: 'Pacote' }).waitFor();
    await press(screen, booking.getByRole('button', { name: 'Agendar', exact: true }));
    await booking.waitFor({ state: 'detached' });
    await expectSoon(read).toEqual([{ name: 'Drenagem', total: 2, used: 0, booked: 2 }]);

    // A third one finds no place, and says so before anything is sent.
    const third = await book(agata, '16:00');
    await page.goto(`/agenda?dia=${day}&atendimento=${third}`);
    const full = choice.getByRole('option', { name: 'Drenagem, 2 de 2 marcadas' });
    await full.waitFor({ state: 'attached' });
    expect(await full.isDisabled()).toBe(true);

    await page.goto(`/agenda?dia=${day}&atendimento=${id}`);
    await choice.selectOption({ label: 'Fora do pacote' });
    await expectSoon(read).toEqual([{ name: 'Drenagem', total: 2, used: 0, booked: 1 }]);
    await panel.getByText('Histórico').click();
    await panel.getByText('Tirado do pacote').waitFor();

    await page.goto(`/clientes/${agata}`);
    await page.getByRole('tab', { name: 'Atendimentos' }).click();
    await page.getByRole('tabpanel').getByText('0 de 2').waitFor();
    await page.getByRole('tabpanel').getByText('1 de 2', { exact: false }).first().waitFor();
  });
});

it('by keyboard: from the day to the appointment, into the package and back', async () => {
  const page = await stage.openDevice('computer');
  const { bruno, agata, book, open } = await prepareAgenda(stage);
  await bruno.api('POST /session-packages', { body: { clientId: agata, total: 10, name: 'Fisio' } });
  await book(agata, '09:00');
  await open(page);
  await walkTo(page, findGap(page, '08:00–09:00'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
  await walkTo(page, panel.getByRole('combobox', { name: 'Pacote' }));
  await page.keyboard.type('Fisio');
  await panel.getByText('sessão 1 de 10').first().waitFor();
  expect(
    await panel.getByRole('combobox', { name: 'Pacote' }).evaluate((each) => each === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await expectSoon(() =>
    findAppointment(page, '09:00', 'Ágata').evaluate((each) => each === document.activeElement),
  ).toBe(true);
});
