import { describe, expect, it } from 'vitest';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, press, screens } from './clinic.ts';

const stage = prepareStage();

describe.each(screens)('on a %s', (screen) => {
  it('books a series after showing every date, with a choice for the one that is taken', async () => {
    const page = await stage.openDevice(screen);
    const { agata, zeca, bruno, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await open(page);
    await press(screen, findGap(page, '08:00–09:00'));
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('zeca');
    await press(screen, dialog.getByRole('option', { name: 'Zeca Pagodinho' }));
    await dialog.getByLabel('Hora').fill('09:00');
    await dialog.getByRole('combobox', { name: 'Repetir' }).selectOption({ label: 'Toda semana' });
    await dialog.getByRole('combobox', { name: 'Até quando' }).selectOption('3');
    await press(screen, dialog.getByRole('button', { name: 'Ver as datas' }));
    const dates = page.getByRole('dialog', { name: 'Datas da série' });
    await dates.getByText('ocupado').waitFor();
    await dates.getByRole('combobox').first().selectOption('skip');
    await press(screen, dates.getByRole('button', { name: /^Agendar 2 datas$/ }));
    await dates.waitFor({ state: 'detached' });
    const { body } = await bruno.api('GET /appointments', { query: { clientId: zeca } });
    expect(body.items.map(({ localStart }) => localStart.slice(11))).toEqual(['09:00', '09:00']);
  });

  it('offers a canceled time to who waits for one like it', async () => {
    const page = await stage.openDevice(screen);
    const { agata, book, open, day } = await prepareAgenda(stage);
    const id = await book(agata, '09:00');
    await open(page, '/espera');
    await press(screen, page.getByRole('button', { name: 'Incluir', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Incluir na lista de espera' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('zeca');
    await press(screen, dialog.getByRole('option', { name: 'Zeca Pagodinho' }));
    await dialog.getByLabel('Manhã').check();
    await press(screen, dialog.getByRole('button', { name: 'Incluir', exact: true }));
    await page.getByRole('listitem', { name: 'Zeca Pagodinho' }).getByText('Manhã').waitFor();
    await page.goto(`/agenda?dia=${day}&atendimento=${id}`);
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Cancelar', exact: true }));
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Cancelar atendimento' }));
    const matches = page.getByRole('region', { name: 'Quem espera por um horário assim' });
    await press(
      screen,
      matches.getByRole('listitem').filter({ hasText: 'Zeca' }).getByRole('button', { name: 'Agendar' }),
    );
    await press(
      screen,
      page.getByRole('dialog', { name: 'Agendar' }).getByRole('button', { name: 'Agendar', exact: true }),
    );
    await findAppointment(page, '09:00', 'Zeca').waitFor({ state: 'attached' });
  });

  it('the link of a message shows first name, time and clinic, and only a button changes anything', async () => {
    const page = await stage.openDevice(screen);
    const { agata, bruno, book } = await prepareAgenda(stage);
    const id = await book(agata, '09:00');
    const { url } = (await bruno.api('POST /appointments/{id}/confirmation-link', { params: { id } })).body;
    const status = async () => (await bruno.api('GET /appointments/{id}', { params: { id } })).body.status;
    await page.goto(new URL(url, stage.server.address).pathname);
    await page.getByRole('heading', { name: 'Olá, Ágata' }).waitFor();
    expect(await page.getByText('Nóbrega').count()).toBe(0);
    expect(await page.getByText('09:00').count()).toBe(1);
    expect(await status()).toBe('scheduled');
    await press(screen, page.getByRole('button', { name: 'Confirmar presença' }));
    await page.getByText('Presença confirmada. Até lá.').waitFor();
    await expectSoon(status).toBe('confirmed');
    await page.goto('/c/nada');
    await page.getByRole('heading', { name: 'Este link não vale mais' }).waitFor();
  });

  it('the link of a message shows a time that was changed after it, and an answer is about the time on the page', async () => {
    const page = await stage.openDevice(screen);
    const { agata, bruno, book, day } = await prepareAgenda(stage);
    const id = await book(agata, '09:00');
    const { url } = (await bruno.api('POST /appointments/{id}/confirmation-link', { params: { id } })).body;
    const move = (time: string) =>
      bruno.api('PATCH /appointments/{id}', {
        params: { id },
        headers: { 'if-match': '*' },
        body: { localStart: `${day}T${time}` },
      });
    await move('10:00');
    await page.goto(new URL(url, stage.server.address).pathname);
    await page.getByText('Este é o novo horário').waitFor();
    await page.getByText('10:00').waitFor();
    await move('11:00');
    await press(screen, page.getByRole('button', { name: 'Confirmar presença' }));
    await page.getByRole('alert').filter({ hasText: 'O horário mudou enquanto você respondia' }).waitFor();
    await page.getByText('11:00').waitFor();
    await press(screen, page.getByRole('button', { name: 'Confirmar presença' }));
    await page.getByText('Presença confirmada. Até lá.').waitFor();
    const { body } = await bruno.api('GET /appointments/{id}', { params: { id } });
    expect(body.status).toBe('confirmed');
  });
});

it('makes a secret address for another calendar, shows it once, and revokes it', async () => {
  const page = await stage.openDevice('computer');
  const { open } = await prepareAgenda(stage);
  await open(page, '/configuracoes/calendario');
  await page.getByRole('textbox', { name: 'Nome' }).fill('Celular');
  await page.getByRole('button', { name: 'Criar endereço' }).click();
  const shown = page.getByRole('dialog', { name: 'Endereço criado' }).getByRole('textbox', { name: 'Endereço' });
  const address = await shown.inputValue();
  const path = new URL(address).pathname;
  expect((await page.request.get(path)).status()).toBe(200);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Revogar Celular' }).click();
  await page.getByText('Nenhum endereço criado.').waitFor();
  expect((await page.request.get(path)).status()).toBe(404);
});
