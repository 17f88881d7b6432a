import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/shared/zoned-time.ts';
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

/** Opens the dialogs for series, packages, makeups, the waiting list and absences, and calls `look` for each. */
async function walkDialogs(page: Page, look: Look): Promise<void> {
  const { domain, day, agata, zeca, bruno, book } = await prepareAgenda(stage);
  const professionalId = bruno.professionalId;
  await bruno.api('POST /session-packages', { body: { clientId: agata, total: 10, name: 'Fisioterapia' } });
  const series = await bruno.api('POST /series', {
    body: {
      ...{ clientId: agata, professionalId, visitType: 'consulta', localStart: `${day}T09:00`, durationMinutes: 60 },
      rule: { every: 1, unit: 'week', count: 3 },
      choices: Object.fromEntries([0, 7, 14].map((days) => [addDays(day, days), `${addDays(day, days)}T12:00:00Z`])),
    },
  });
  const ids = 'appointments' in series.body ? series.body.appointments.map(({ id }) => id) : [];
  await book(zeca, '10:00');
  const missed = await book(zeca, '15:00');
  await bruno.api('POST /appointments/{id}/transitions', {
    params: { id: missed },
    body: { to: 'noShow', owesMakeup: true },
  });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const act = (name: string) => page.getByRole('dialog').last().getByRole('button', { name, exact: true }).click();
  await openSignedIn(stage.server, page, `bruno@${domain}`, `/agenda?dia=${day}&atendimento=${ids[0] ?? ''}`);
  await page.getByRole('dialog').getByRole('combobox', { name: 'Pacote' }).waitFor();
  await look('atendimento de série, com pacote');
  await act('Remarcar');
  await dialog('Remarcar').getByText('3 atendimentos por vir').first().waitFor();
  await dialog('Remarcar').getByRole('button', { name: 'Outro dia ou horário' }).click();
  await dialog('Remarcar').getByLabel('Hora').fill('10:15');
  await dialog('Remarcar').getByText('Todos', { exact: true }).click();
  await look('remarcar a série');
  await act('Remarcar');
  await dialog('Nem todas as datas estão livres').getByRole('combobox').first().waitFor();
  await look('datas que não estão livres');
  await page.goto(`/agenda?dia=${day}&atendimento=${ids[0] ?? ''}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar', exact: true }).click();
  await dialog('Cancelar o atendimento').getByText('3 atendimentos por vir').first().waitFor();
  await look('cancelar a série');
  await page.goto(`/agenda?dia=${day}&atendimento=${ids[0] ?? ''}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Faltou' }).click();
  await dialog('O cliente faltou').waitFor();
  await look('faltou');
  await page.goto(`/agenda?dia=${day}&atendimento=${missed}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Marcar reposição' }).click();
  await dialog('Marcar reposição').getByRole('group', { name: 'Horários livres' }).waitFor();
  await look('marcar reposição');
  await page.goto(`/agenda?dia=${day}`);
  await findGap(page, '08:00–09:00').focus();
  await page.keyboard.press('Enter');
  await dialog('Agendar').getByRole('combobox', { name: 'Cliente' }).fill('agata');
  await dialog('Agendar').getByRole('option', { name: 'Ágata Nóbrega' }).click();
  await dialog('Agendar').getByRole('combobox', { name: 'Pacote' }).waitFor();
  await dialog('Agendar').getByLabel('Hora').fill('10:00');
  await dialog('Agendar').getByRole('combobox', { name: 'Repetir' }).selectOption({ label: 'Toda semana' });
  await look('agendar uma série');
  await act('Ver as datas');
  await dialog('Datas da série').getByText('ocupado').first().waitFor();
  await dialog('Datas da série').getByRole('combobox').first().selectOption('other');
  await look('datas da série');
  await page.goto('/pacotes');
  await page.getByRole('listitem', { name: 'Ágata Nóbrega' }).waitFor();
  await look('pacotes');
  await page.getByRole('button', { name: 'Novo pacote' }).click();
  await dialog('Novo pacote de sessões').waitFor();
  await dialog('Novo pacote de sessões').getByLabel('Cancelamento em cima da hora usa uma sessão').check();
  await look('novo pacote');
  await page.goto('/espera');
  await page.getByRole('button', { name: 'Incluir', exact: true }).first().click();
  await dialog('Incluir na lista de espera').waitFor();
  await look('lista de espera');
  await page.goto('/configuracoes/ausencias');
  await page.getByRole('button', { name: 'Nova ausência' }).click();
  const absence = dialog('Nova ausência');
  await absence.getByLabel('De', { exact: true }).fill(day);
  await absence.getByLabel('Até').fill(day);
  await look('nova ausência');
  await absence.getByRole('button', { name: 'Salvar' }).click();
  await dialog('Há atendimentos neste tempo').waitFor();
  await look('atendimentos no caminho da ausência');
}

describe.concurrent.each(screens)('the agenda on a %s', (screen) => {
  it('so do the dialogs for series, packages, makeups, the waiting list and absences', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkDialogs(page, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 600_000);

  it('axe finds nothing, light and dark; nothing scrolls sideways narrow or zoomed, or breaks the policy', async () => {
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, (look) => walkAgenda(page, look));
    await page.context().close();
    expect(found).toEqual([]);
  }, 600_000);
});
