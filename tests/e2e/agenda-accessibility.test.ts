import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { openSignedIn, prepareStage, screens } from './clinic.ts';
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

describe.concurrent.each(screens)('the agenda on a %s', (screen) => {
  it('axe finds nothing, light and dark; nothing scrolls sideways narrow or zoomed, or breaks the policy', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkAgenda(page, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 600_000);
});
