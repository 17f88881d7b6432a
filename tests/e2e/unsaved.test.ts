import { expect, it } from 'vitest';
import { findAppointment, prepareAgenda } from './agenda-clinic.ts';
import { openSignedIn, prepareStage } from './clinic.ts';

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
