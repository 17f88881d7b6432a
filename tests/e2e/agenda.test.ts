import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/shared/zoned-time.ts';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage, press, screens } from './clinic.ts';

const stage = prepareStage();

describe.each(screens)('the agenda on a %s', (screen) => {
  it('shows the day: the professional, the appointment with kind and state, and the gaps around it', async () => {
    const page = await stage.openDevice(screen);
    const { agata, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await open(page);
    const region = page.getByRole('region', { name: /^Agenda de / });
    const list = region.getByRole('list', { name: 'Bruno' });
    await list.getByRole('button', { name: '09:00 Ágata Nóbrega, Consulta, agendado' }).waitFor();
    await list.getByRole('button', { name: 'Livre 08:00–09:00' }).waitFor();
    await list.getByRole('button', { name: 'Livre 10:00–18:00' }).waitFor();
  });

  it('books into a gap by typing a name', async () => {
    const page = await stage.openDevice(screen);
    const { agata, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await open(page);
    await press(screen, findGap(page, '08:00–09:00'));
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).pressSequentially('zeca');
    await press(screen, dialog.getByRole('option', { name: 'Zeca Pagodinho' }));
    await dialog.getByRole('combobox', { name: 'Duração' }).selectOption('30');
    await press(screen, dialog.getByRole('button', { name: 'Agendar' }));
    await dialog.waitFor({ state: 'detached' });
    await findAppointment(page, '08:00', 'Zeca Pagodinho').waitFor();
    await findGap(page, '08:30–09:00').waitFor();
    const booked = findAppointment(page, '08:00', 'Zeca Pagodinho');
    await expectSoon(() => booked.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('offers the day on screen, and leads from field to field', async () => {
    const page = await stage.openDevice(screen);
    const { open, day } = await prepareAgenda(stage);
    const later = addDays(day, 14);
    await open(page, `/agenda?dia=${later}`);
    await press(screen, page.getByRole('button', { name: 'Agendar', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    const offers = dialog.getByRole('group', { name: 'Horários livres' }).getByRole('button');
    await offers.first().waitFor();
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('zeca');
    await dialog.getByRole('option', { name: 'Zeca Pagodinho' }).waitFor();
    await page.keyboard.press('Enter');
    const isFocused = (thing: Locator) => thing.evaluate((element) => element === document.activeElement);
    await dialog.getByRole('button', { name: 'Trocar' }).waitFor();
    expect(await isFocused(dialog.getByRole('combobox').first())).toBe(true);
    await press(screen, dialog.getByRole('button', { name: 'Agendar', exact: true }));
    await dialog.getByText('Escolha o horário.').waitFor();
    await expectSoon(() => isFocused(offers.first())).toBe(true);
    const words = await offers.first().getAttribute('aria-label');
    expect(words).toContain(`${String(Number(later.slice(8)))} `);
    await press(screen, offers.first());
    await dialog.getByText('Escolha o horário.').waitFor({ state: 'detached' });
    await press(screen, dialog.getByRole('button', { name: 'Trocar' }));
    expect(await isFocused(dialog.getByRole('combobox', { name: 'Cliente' }))).toBe(true);
  });

  it('registers somebody new along with the booking', async () => {
    const page = await stage.openDevice(screen);
    const { bruno, open } = await prepareAgenda(stage);
    await open(page);
    await findGap(page, '08:00–18:00').click({ position: { x: 20, y: 4 } });
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('Helena do Prado');
    await press(screen, dialog.getByRole('option', { name: 'Cadastrar “Helena do Prado”' }));
    await dialog.getByRole('textbox', { name: 'Telefone' }).fill('(11) 91234-5678');
    await press(screen, dialog.getByRole('button', { name: 'Agendar' }));
    await findAppointment(page, '08:00', 'Helena do Prado').waitFor();
    const { body } = await bruno.api('GET /clients', { query: { q: 'Helena' } });
    expect(body.items).toMatchObject([{ firstName: 'Helena', lastName: 'do Prado', phone: '+5511912345678' }]);
  });

  it('books from the list of clients in three touches, and the card shows it', async () => {
    const page = await stage.openDevice(screen);
    const { open, bruno, agata } = await prepareAgenda(stage);
    await open(page, '/clientes');
    const row = page.getByRole('listitem', { name: 'Ágata Nóbrega' });
    if (screen === 'phone') {
      await row.getByRole('button', { name: 'Mais ações' }).tap();
      await page.getByRole('menuitem', { name: 'Agendar' }).tap();
    } else await row.getByRole('button', { name: 'Agendar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    await press(screen, dialog.getByRole('group', { name: 'Horários livres' }).getByRole('button').first());
    await press(screen, dialog.getByRole('button', { name: 'Agendar', exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/^Agendado: Ágata Nóbrega, /).waitFor();
    const { body } = await bruno.api('GET /appointments', { query: { clientId: agata } });
    expect(body.items).toHaveLength(1);
    await page.goto(`/clientes/${agata}`);
    await page.getByRole('tab', { name: 'Atendimentos' }).click();
    await page.getByRole('heading', { name: 'Próximos' }).waitFor();
    await page
      .getByRole('tabpanel')
      .getByRole('link', { name: /Agendado/ })
      .waitFor();
  });

  it('offers the nearest free times for one that is taken, or an encaixe with a reason', async () => {
    const page = await stage.openDevice(screen);
    const { agata, zeca, bruno, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await open(page);
    await press(screen, findGap(page, '08:00–09:00'));
    const dialog = page.getByRole('dialog', { name: 'Agendar' });
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill('zeca');
    await press(screen, dialog.getByRole('option', { name: 'Zeca Pagodinho' }));
    await dialog.getByLabel('Hora').fill('09:15');
    await press(screen, dialog.getByRole('button', { name: 'Agendar', exact: true }));
    await dialog.getByText('Este horário já está ocupado').waitFor();
    await dialog.getByText('09:00–10:00 Ágata Nóbrega').waitFor();
    expect(await dialog.getByRole('group', { name: 'Horários próximos' }).getByRole('button').count()).toBe(3);
    await press(screen, dialog.getByRole('button', { name: 'Marcar como encaixe' }));
    await dialog.getByRole('textbox', { name: 'Motivo do encaixe' }).fill('dor forte');
    await press(screen, dialog.getByRole('button', { name: 'Encaixar' }));
    await findAppointment(page, '09:15', 'Zeca Pagodinho').waitFor();
    const { body } = await bruno.api('GET /appointments', { query: { clientId: zeca } });
    expect(body.items[0]?.overlap).toEqual({ reason: 'dor forte' });
  });

  it('takes an appointment through its states, and cancels one with who asked and why', async () => {
    const page = await stage.openDevice(screen);
    const { agata, zeca, bruno, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await book(zeca, '10:00');
    await open(page);
    await press(screen, findAppointment(page, '09:00', 'Ágata'));
    const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
    for (const [action, state] of [
      ['Confirmar', 'Confirmado'],
      ['Chegou', 'Chegou'],
      ['Iniciar', 'Em atendimento'],
      ['Concluir', 'Concluído'],
    ] as const) {
      await press(screen, panel.getByRole('button', { name: action, exact: true }));
      await panel.getByText(state, { exact: true }).first().waitFor();
      await panel.getByRole('button', { name: action, exact: true }).waitFor({ state: 'detached' });
    }
    await press(screen, panel.getByRole('button', { name: 'Fechar' }));
    await page.getByRole('button', { name: '09:00 Ágata Nóbrega, Consulta, concluído' }).waitFor();
    await press(screen, findAppointment(page, '10:00', 'Zeca'));
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Cancelar', exact: true }));
    const question = page.getByRole('dialog', { name: 'Cancelar o atendimento' });
    await press(screen, question.getByText('A clínica'));
    await question.getByRole('textbox', { name: 'Motivo' }).fill('profissional doente');
    await press(screen, question.getByRole('button', { name: 'Cancelar atendimento' }));
    await question.waitFor({ state: 'detached' });
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Fechar' }));
    await findGap(page, '10:00–18:00').waitFor();
    const { body } = await bruno.api('GET /appointments', { query: { clientId: zeca } });
    expect(body.items[0]?.cancellation).toEqual({ reason: 'profissional doente', askedBy: 'clinic' });
  });

  it('takes back a tap on the wrong button, from the message or later', async () => {
    const page = await stage.openDevice(screen);
    const { agata, bruno, book, open } = await prepareAgenda(stage);
    const id = await book(agata, '09:00');
    const status = async () => (await bruno.api('GET /appointments/{id}', { params: { id } })).body.status;
    await open(page);
    await press(screen, findAppointment(page, '09:00', 'Ágata'));
    const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
    const pressAction = (name: string) => press(screen, panel.getByRole('button', { name, exact: true }));
    await pressAction('Confirmar');
    await page.getByText('Ágata Nóbrega: confirmado.').waitFor();
    await pressAction('Chegou');
    await page.getByText('Ágata Nóbrega: chegou.').waitFor();
    expect(await page.getByText('Ágata Nóbrega: confirmado.').count()).toBe(0);
    await press(screen, page.getByRole('button', { name: 'Desfazer', exact: true }));
    await expectSoon(status).toBe('confirmed');
    await pressAction('Desfazer a confirmação');
    await expectSoon(status).toBe('scheduled');
    await panel.getByRole('button', { name: 'Confirmar', exact: true }).waitFor();
  });

  it('moves an appointment by Remarcar', async () => {
    const page = await stage.openDevice(screen);
    const { agata, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    await open(page);
    await press(screen, findAppointment(page, '09:00', 'Ágata'));
    await press(screen, page.getByRole('dialog').getByRole('button', { name: 'Remarcar' }));
    const dialog = page.getByRole('dialog', { name: 'Remarcar' });
    await dialog.getByText('Ágata Nóbrega', { exact: true }).waitFor();
    await dialog.getByText(/, 09:00–10:00$/).waitFor();
    await press(screen, dialog.getByRole('button', { name: 'Outro dia ou horário' }));
    await dialog.getByLabel('Hora').fill('15:30');
    await press(screen, dialog.getByRole('button', { name: 'Remarcar', exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByText('15:30–16:30').waitFor();
  });

  it('shows a colleague’s booking as it happens', async () => {
    const page = await stage.openDevice(screen);
    const { agata, book, open } = await prepareAgenda(stage);
    await open(page);
    const listens = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/events'));
    await findGap(page, '08:00–18:00').waitFor();
    await listens;
    await book(agata, '11:00');
    await findAppointment(page, '11:00', 'Ágata').waitFor();
  });

  it('has a week, a month and a list, and goes from day to day', async () => {
    const page = await stage.openDevice(screen);
    const { agata, day, book, open } = await prepareAgenda(stage);
    await book(agata, '09:00');
    for (const view of ['semana', 'lista']) {
      await open(page, `/agenda?dia=${day}&ver=${view}`);
      await findAppointment(page, '09:00', 'Ágata').waitFor();
    }
    await open(page, `/agenda?dia=${day}&ver=mes`);
    await page.getByRole('link', { name: /, 1 atendimento$/ }).click();
    await findAppointment(page, '09:00', 'Ágata').waitFor();
    await press(screen, page.getByRole('button', { name: 'Próximo dia' }));
    await findAppointment(page, '09:00', 'Ágata').waitFor({ state: 'detached' });
    await press(screen, page.getByRole('button', { name: 'Dia anterior' }));
    await findAppointment(page, '09:00', 'Ágata').waitFor();
    await press(screen, page.getByRole('button', { name: 'Hoje', exact: true }));
    await expectSoon(() => new URL(page.url()).searchParams.get('dia')).toBe(null);
  });
});
