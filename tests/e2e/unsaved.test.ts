import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, openSignedIn, prepareStage } from './clinic.ts';

const stage = prepareStage();

it('keeps half-written notes when the appointment changes elsewhere, over a reload, and asks before they are left', async () => {
  const page = await stage.openDevice('computer');
  const { agata, bruno, book, open } = await prepareAgenda(stage);
  const id = await book(agata, '09:00');
  await open(page);
  await findAppointment(page, '09:00', 'Ágata').click();
  const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
  const notes = panel.getByRole('textbox', { name: 'Anotações' });
  await notes.fill('Dor no ombro');
  await bruno.api('POST /appointments/{id}/transitions', { params: { id }, body: { to: 'confirmed' } });
  await panel.getByText('Confirmado', { exact: true }).first().waitFor();
  expect(await notes.inputValue()).toBe('Dor no ombro');
  await page.reload();
  await panel.getByText('Recuperamos o que você tinha escrito e não salvou.').waitFor();
  expect(await notes.inputValue()).toBe('Dor no ombro');
  const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
  await panel.getByRole('button', { name: 'Fechar' }).click();
  await question.getByRole('button', { name: 'Continuar editando' }).click();
  const { body, headers } = await bruno.api('GET /appointments/{id}', { params: { id } });
  await bruno.api('PATCH /appointments/{id}', {
    params: { id },
    body: { notes: 'Dor no joelho' },
    headers: { 'if-match': headers.get('etag') ?? `"${String(body.version)}"` },
  });
  await panel.getByText('Dor no joelho').waitFor();
  expect(await notes.inputValue()).toBe('Dor no ombro');
  await panel.getByRole('button', { name: 'Salvar o que escrevi' }).click();
  await panel.getByText('Dor no joelho').waitFor({ state: 'detached' });
  const saved = await bruno.api('GET /appointments/{id}', { params: { id } });
  expect(saved.body.notes).toBe('Dor no ombro');
  await panel.getByRole('button', { name: 'Fechar' }).click();
  await panel.waitFor({ state: 'detached' });
});

it('asks before a dialog with something written is closed, and not before', async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `ana@${domain}`, '/configuracoes/mensagens');
  const dialog = page.getByRole('dialog', { name: 'Nova mensagem' });
  const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
  await page.getByRole('button', { name: 'Nova mensagem' }).click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Nova mensagem' }).click();
  await dialog.getByRole('textbox', { name: 'Texto' }).fill('Olá, {nome}');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Continuar editando' }).click();
  expect(await dialog.getByRole('textbox', { name: 'Texto' }).inputValue()).toBe('Olá, {nome}');
  await dialog.getByRole('button', { name: 'Voltar' }).click();
  await question.getByRole('button', { name: 'Sair sem salvar' }).click();
  await dialog.waitFor({ state: 'detached' });
});

it('asks before changed settings are left by a link', async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `ana@${domain}`, '/configuracoes/clinica');
  const name = page.getByRole('textbox', { name: 'Nome da clínica' });
  await name.fill('Clínica Nova');
  await page.getByRole('link', { name: 'Clientes' }).click();
  const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
  await question.getByRole('button', { name: 'Continuar editando' }).click();
  expect(await name.inputValue()).toBe('Clínica Nova');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Configurações da clínica salvas.').waitFor();
  await page.getByRole('link', { name: 'Clientes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
});

it('shows beside the button that a new client could not be saved', async () => {
  const page = await stage.openDevice('phone');
  const domain = await stage.openClinic();
  await openSignedIn(stage.server, page, `bruno@${domain}`, '/clientes/novo');
  await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Quase');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Salvar', exact: true }).tap();
  const message = page.getByText('Sem conexão: nada se perdeu do que você escreveu.');
  await message.waitFor();
  const box = await message.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(box?.y).toBeGreaterThan(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
});

/** Leaves by a link of the navigation, is asked, and stays. */
async function stayOnPage(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Clientes' }).click();
  const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
  await question.getByRole('button', { name: 'Continuar editando' }).click();
  await question.waitFor({ state: 'detached' });
}

it('asks before a half-written policy is left or discarded', async () => {
  const page = await stage.openDevice('computer');
  await openSignedIn(stage.server, page, `ana@${await stage.openClinic()}`, '/configuracoes/privacidade');
  const terms = page.getByRole('region', { name: 'Termos de uso' });
  await terms.getByRole('button', { name: 'Termos de uso: começar pelo modelo' }).click();
  const text = terms.getByRole('textbox', { name: 'Termos de uso, em texto' });
  await terms.getByRole('button', { name: 'Descartar' }).click();
  await text.waitFor({ state: 'detached' });
  await terms.getByRole('button', { name: 'Termos de uso: começar pelo modelo' }).click();
  await text.fill('# Nossos termos');
  await stayOnPage(page);
  await terms.getByRole('button', { name: 'Descartar' }).click();
  await page.getByRole('button', { name: 'Continuar editando' }).click();
  expect(await text.inputValue()).toBe('# Nossos termos');
});

it('asks before the report of an incident, or the name of a new calendar address, is left', async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const body = {
    accountId: ana.professionalId,
    from: '2026-01-01T12:00:00Z',
    to: '2026-01-02T12:00:00Z',
    description: 'Celular perdido',
  };
  const { id } = (await ana.api('POST /incidents', { body })).body;
  await openSignedIn(stage.server, page, `ana@${domain}`, `/incidentes/${id}`);
  const report = page.getByRole('region', { name: 'Comunicação' });
  const written = report.getByRole('textbox').nth(1);
  await written.fill('Perda');
  await stayOnPage(page);
  expect(await written.inputValue()).toBe('Perda');
  await report.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Incidente salvo.').waitFor();
  await page.goto('/configuracoes/calendario');
  await page.getByRole('textbox', { name: 'Nome' }).fill('Celular');
  await stayOnPage(page);
  await page.getByRole('button', { name: 'Criar endereço' }).click();
  await page.getByRole('dialog', { name: 'Endereço criado' }).getByRole('button', { name: 'Fechar' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Clientes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
});

it('a time that was chosen by a button, and the reason of an encaixe, are asked about too', async () => {
  const page = await stage.openDevice('computer');
  const { agata, zeca, day, book, open } = await prepareAgenda(stage);
  await book(agata, '09:00');
  await book(zeca, '11:00');
  await open(page);
  const question = page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
  const askAndStay = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Continuar editando' }).click();
    await question.waitFor({ state: 'detached' });
  };
  const dialog = page.getByRole('dialog', { name: 'Agendar' });
  await findGap(page, '12:00–18:00').click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await findGap(page, '12:00–18:00').click();
  await dialog.getByRole('button', { name: '14:00', exact: true }).click();
  await askAndStay();
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Sair sem salvar' }).click();
  await dialog.waitFor({ state: 'detached' });

  await findAppointment(page, '11:00', 'Zeca').click();
  const panel = page.getByRole('dialog', { name: 'Zeca Pagodinho' });
  await panel.getByRole('button', { name: 'Remarcar' }).click();
  const move = page.getByRole('dialog', { name: 'Remarcar' });
  await move.getByRole('group', { name: 'Horários livres' }).getByRole('button').last().click();
  await askAndStay();
  await move.getByRole('button', { name: 'Outro dia ou horário' }).click();
  await move.getByLabel('Dia').fill(day);
  await move.getByLabel('Hora').fill('09:00');
  await move.getByRole('button', { name: 'Remarcar' }).click();
  await move.getByRole('button', { name: 'Marcar como encaixe' }).click();
  const reason = move.getByRole('textbox', { name: 'Motivo do encaixe' });
  await reason.fill('dor forte');
  await askAndStay();
  expect(await reason.inputValue()).toBe('dor forte');
  await move.getByRole('button', { name: 'Encaixar' }).click();
  await move.waitFor({ state: 'detached' });
  await expectSoon(() => findAppointment(page, '09:00', 'Zeca').count()).toBe(1);
});
