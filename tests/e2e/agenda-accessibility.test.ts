import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import type { Screen } from '../support/browser.ts';
import { openSignedIn, prepareStage, press, screens } from './clinic.ts';
import { type Look, lookAtPages } from './page-checks.ts';

const stage = prepareStage({ isConcurrent: true });

/** Opens the pages of the agenda in their states, and calls `look` for each. */
async function walkAgenda(page: Page, look: Look): Promise<void> {
  const { domain, day, agata, zeca, bruno, book } = await prepareAgenda(stage);
  const id = await book(agata, '09:00');
  await book(zeca, '09:30', { overlap: { reason: 'dor' }, durationMinutes: 15 });
  const missed = await book(zeca, '14:00');
  await bruno.api('POST /appointments/{id}/transitions', { params: { id: missed }, body: { to: 'canceled' } });
  await openSignedIn(stage.server, page, `ana@${domain}`, `/agenda?dia=${day}&profissional=${bruno.professionalId}`);
  await findAppointment(page, '09:00', 'Ágata').waitFor();
  await look('dia');
  await findGap(page, '08:00–09:00').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Agendar' });
  await dialog.getByRole('combobox', { name: 'Cliente' }).fill('ag');
  await dialog.getByRole('option', { name: 'Ágata Nóbrega' }).waitFor();
  await look('agendar');
  await dialog.getByRole('option', { name: 'Ágata Nóbrega' }).click();
  await dialog.getByLabel('Hora').fill('09:00');
  await dialog.getByRole('button', { name: 'Agendar', exact: true }).click();
  await dialog.getByRole('alert').first().waitFor();
  await look('agendar, ocupado');
  await page.keyboard.press('Escape');
  await page.goto(`/agenda?dia=${day}&atendimento=${id}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmar' }).waitFor();
  await page.getByText('Histórico').click();
  await look('atendimento');
  await page.getByRole('dialog').getByRole('button', { name: 'Remarcar' }).click();
  await page.getByRole('group', { name: 'Horários livres' }).waitFor();
  await look('remarcar');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar', exact: true }).click();
  await page.getByRole('dialog', { name: 'Cancelar o atendimento' }).waitFor();
  await look('cancelar');
  await page.goto(`/clientes/${agata}`);
  await page.getByRole('tab', { name: 'Atendimentos' }).click();
  await page.getByRole('heading', { name: 'Próximos' }).waitFor();
  await look('ficha');
  for (const [path, title] of [
    [`/agenda?dia=${day}`, 'Agenda'],
    [`/agenda?dia=${day}&ver=semana&profissional=${bruno.professionalId}`, 'Agenda'],
    [`/agenda?dia=${day}&ver=mes&profissional=${bruno.professionalId}`, 'Agenda'],
    [`/agenda?dia=${day}&ver=lista`, 'Agenda'],
    [`/agenda/imprimir?dia=${day}`, 'Folha do dia'],
    ['/hoje', 'Hoje'],
    ['/configuracoes/clinica', 'Clínica'],
    ['/configuracoes/atendimentos', 'Tipos de atendimento e salas'],
    ['/configuracoes/etiquetas', 'Etiquetas'],
    ['/configuracoes/horarios', 'Horários de atendimento'],
    ['/configuracoes/ausencias', 'Ausências e feriados'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.locator('.skeleton, .skeleton-shape').first().waitFor({ state: 'detached' });
    await look(path);
  }
}

/** Opens the dialogs of the agenda that `walkAgenda` leaves out. */
async function walkDialogs(page: Page, screen: Screen, look: Look): Promise<void> {
  const { domain, day, agata, bruno, book } = await prepareAgenda(stage);
  const id = await book(agata, '09:00');
  const ana = await stage.server.signIn(`ana@${domain}`);
  await ana.api('POST /message-templates', { body: { name: 'Lembrete', text: 'Oi, {nome}, aqui é da {clinica}.' } });
  const series = await bruno.api('POST /series', {
    body: {
      ...{ clientId: agata, professionalId: bruno.professionalId, visitType: 'consulta', localStart: `${day}T11:00` },
      rule: { every: 1, unit: 'week', count: 1 },
    },
  });
  const inSeries = 'appointments' in series.body ? series.body.appointments[0]?.id : undefined;
  const dialog = page.getByRole('dialog').last();
  const openDialog = async (path: string, button: string): Promise<void> => {
    await page.goto(path);
    await press(screen, page.getByRole('button', { name: button, exact: true }).first());
    await page.getByRole('dialog').waitFor();
  };
  await openSignedIn(stage.server, page, `ana@${domain}`, `/agenda?dia=${day}&atendimento=${id}`);
  await press(screen, dialog.getByRole('button', { name: 'Mais ações' }));
  await press(screen, page.getByRole('menuitem', { name: 'Mensagem de confirmação' }));
  await dialog.getByRole('combobox', { name: 'Começa com' }).selectOption({ label: 'Lembrete' });
  expect(await dialog.getByRole('textbox', { name: 'Mensagem' }).inputValue()).toMatch(
    /^Oi, Ágata, aqui é da .+\. Seu atendimento está marcado para .+, às 09:00\. Você confirma/,
  );
  await look('mensagem de confirmação');
  await page.goto(`/agenda?dia=${day}&atendimento=${inSeries ?? ''}`);
  await press(screen, dialog.getByRole('button', { name: 'Cancelar', exact: true }));
  await dialog.getByRole('radio', { name: /^Este e os seguintes/ }).check();
  await look('cancelar uma série');
  await page.goto(`/agenda?dia=${day}&profissional=${bruno.professionalId}`);
  await press(screen, page.getByRole('button', { name: /^Mais sobre o dia de Bruno/ }));
  await press(screen, page.getByRole('menuitem', { name: 'Atrasar o resto do dia' }));
  await dialog.getByRole('button', { name: 'Atrasar' }).waitFor();
  await look('atrasar');
  await page.goto(`/agenda?dia=${day}&profissional=${bruno.professionalId}`);
  await press(screen, findGap(page, '08:00–09:00'));
  await dialog.getByRole('combobox', { name: 'Cliente' }).fill('zeca');
  await press(screen, dialog.getByRole('option', { name: 'Zeca Pagodinho' }));
  await dialog.getByLabel('Hora').fill('09:00');
  await dialog.getByRole('combobox', { name: 'Repetir' }).selectOption({ label: 'Toda semana' });
  await press(screen, dialog.getByRole('button', { name: 'Ver as datas' }));
  await dialog.getByText('ocupado').first().waitFor();
  await look('datas da série');
  await openDialog('/espera', 'Incluir');
  await look('lista de espera');
  await openDialog('/pacotes', 'Novo pacote');
  await look('novo pacote');
  await openDialog('/configuracoes/ausencias', 'Nova ausência');
  await look('nova ausência');
}

describe.concurrent.each(screens)('the agenda on a %s', (screen) => {
  it('axe finds nothing, light and dark; nothing scrolls sideways narrow or zoomed, or breaks the policy', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkAgenda(page, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 600_000);

  it('nor in its dialogs', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkDialogs(page, screen, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 300_000);
});
