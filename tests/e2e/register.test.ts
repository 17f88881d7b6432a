import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertAppointment } from '../support/planned-appointments.ts';
import { expectFocusInside, expectSoon, openSignedIn, prepareStage, registerClients } from './clinic.ts';

/** A service that answers as ViaCEP does, but only when it is let. */
let service: Server;
let answersWait = Promise.resolve();
beforeAll(async () => {
  service = createServer((request, answer) => {
    const isPaulista = request.url === '/ws/01310100/json/';
    const place = { logradouro: 'Avenida Paulista', bairro: 'Bela Vista', localidade: 'São Paulo', uf: 'SP' };
    void answersWait.then(() => answer.end(JSON.stringify(isPaulista ? place : { erro: true })));
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
});
afterAll(() => service.close());

const stage = prepareStage({
  env: () => ({
    POSTAL_CODE_SERVICE_URL: `http://127.0.0.1:${String((service.address() as AddressInfo).port)}/ws/{cep}/json/`,
  }),
});
const timeout = 120_000;

it('the street comes with the CEP, waits for nobody, and leaves what was typed', { timeout }, async () => {
  const page = await stage.openDevice('computer');
  await openSignedIn(stage.server, page, `bruno@${await stage.openClinic()}`, '/clientes/novo');
  const [street, city] = [page.getByRole('textbox', { name: 'Rua' }), page.getByRole('textbox', { name: 'Cidade' })];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  answersWait = promise;
  const asked = page.waitForRequest(/postal-codes/);
  await page.getByRole('textbox', { name: 'CEP' }).pressSequentially('01310100');
  await asked;
  // The app's own table knows the city before the service has said anything.
  await expectSoon(() => city.inputValue()).toBe('São Paulo');
  expect(await street.inputValue()).toBe('');
  resolve(undefined);
  await expectSoon(() => street.inputValue()).toBe('Avenida Paulista');
  expect(await page.getByRole('textbox', { name: 'Bairro' }).inputValue()).toBe('Bela Vista');
  await street.fill('Galeria dos fundos');
  await page.getByRole('textbox', { name: 'CEP' }).fill('01310-100');
  await page.getByRole('button', { name: 'Usar “Avenida Paulista”' }).click();
  expect(await street.inputValue()).toBe('Avenida Paulista');
  await expectFocusInside(page);
});

it('filters are kept under a name, used again, and given back after a mistake', { timeout }, async () => {
  const page = await stage.openDevice('computer');
  const email = `ana@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [
    { firstName: 'Íris', address: { state: 'RJ' } },
    { firstName: 'Noé', address: { state: 'SP' } },
  ]);
  await openSignedIn(stage.server, page, email, '/clientes');
  await page.getByRole('button', { name: 'Filtros' }).click();
  await page.getByLabel('Estado').selectOption('RJ');
  await page.getByRole('button', { name: 'Guardar estes filtros' }).click();
  const dialog = page.getByRole('dialog', { name: 'Guardar estes filtros' });
  await dialog.getByRole('textbox', { name: 'Nome' }).fill('Do Rio');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  const kept = page.getByRole('button', { name: 'Do Rio', exact: true });
  await expectSoon(() => kept.getAttribute('aria-pressed')).toBe('true');
  await expectFocusInside(page, page.getByRole('list', { name: 'Filtros guardados' }));
  await page.getByRole('button', { name: 'Tirar o filtro RJ' }).click();
  await page.getByRole('listitem', { name: 'Noé' }).waitFor();
  await kept.click();
  await page.waitForURL(/state=RJ/);
  await page.getByRole('listitem', { name: 'Noé' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Apagar o filtro Do Rio' }).click();
  await kept.waitFor({ state: 'detached' });
  await expectFocusInside(page);
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await kept.waitFor();
});

it('the clinic’s own words go to a client, from the card and to a child’s guardian', { timeout }, async () => {
  const page = await stage.openDevice('phone');
  const email = `ana@${await stage.openClinic()}`;
  const [id = ''] = await registerClients(await stage.server.signIn(email), [
    { firstName: 'Íris', guardian: { name: 'Rosa', phone: '11987650001' } },
  ]);
  await openSignedIn(stage.server, page, email, '/configuracoes/mensagens');
  await page.getByRole('button', { name: 'Nova mensagem' }).tap();
  const form = page.getByRole('dialog', { name: 'Nova mensagem' });
  await form.getByRole('textbox', { name: 'Nome' }).fill('Retorno');
  await form.getByRole('textbox', { name: 'Texto' }).fill('Olá, {nome}. Hora do retorno com {profissional}.');
  await form.getByRole('button', { name: 'Salvar' }).tap();
  await form.waitFor({ state: 'detached' });
  await expectFocusInside(page);
  await page.goto(`/clientes/${id}`);
  await page.getByRole('dialog', { name: 'Íris' }).getByRole('button', { name: 'Mais ações' }).tap();
  await page.getByRole('menuitem', { name: 'Mensagem pronta' }).tap();
  await page.getByLabel('Mensagem pronta').selectOption('Retorno');
  const link = page.getByRole('link', { name: 'Abrir a conversa com Íris' });
  const address = new URL((await link.getAttribute('href')) ?? '');
  expect([address.pathname, address.searchParams.get('text')]).toEqual([
    '/5511987650001',
    'Olá, Íris. Hora do retorno com Ana.',
  ]);
});

it('a wide list tells when clients came and come, and follows the agenda', { timeout }, async () => {
  const page = await stage.openDevice('computer', { viewport: { width: 1920, height: 1080 } });
  const email = `ana@${await stage.openClinic()}`;
  const ana = await stage.server.signIn(email);
  const [id = ''] = await registerClients(ana, [{ firstName: 'Íris' }]);
  const day = 24 * 60;
  await insertAppointment(stage.server, ana, { client_id: id, inMinutes: -10 * day, status: 'done' });
  await openSignedIn(stage.server, page, email, '/clientes');
  const row = page.getByRole('listitem', { name: 'Íris' });
  const lastDay = new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeZone: 'America/Sao_Paulo' }).format(
    Date.now() - 10 * day * 60_000,
  );
  await expectSoon(() => row.locator('[data-part=lastVisit]').innerText()).toContain(lastDay);
  expect(await row.locator('[data-part=nextVisit]').innerText()).toBe('');
  const startAt = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 3 * day * 60_000).toISOString();
  await ana.api('POST /appointments', {
    body: { clientId: id, professionalId: ana.professionalId, visitType: 'consulta', startAt },
  });
  await expectSoon(() => row.locator('[data-part=nextVisit]').innerText()).toContain('/');
});

it('once a clinic has moved to Acre, a visit late in the evening is on that day', { timeout }, async () => {
  const page = await stage.openDevice('computer', { viewport: { width: 1920, height: 1080 } });
  const email = `ana@${await stage.openClinic()}`;
  const ana = await stage.server.signIn(email);
  const [id = ''] = await registerClients(ana, [{ firstName: 'Íris' }]);
  // In Acre 23:30 of the evening before, in Brasília already the next day.
  const visit = new Date(new Date().setUTCHours(4, 30) - 10 * 86_400_000);
  const inMinutes = Math.round((visit.getTime() - Date.now()) / 60_000);
  await insertAppointment(stage.server, ana, { client_id: id, inMinutes, status: 'done' });
  const dayIn = (timeZone: string) => new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeZone }).format(visit);
  await openSignedIn(stage.server, page, email, '/clientes');
  const shown = page.getByRole('listitem', { name: 'Íris' }).locator('[data-part=lastVisit]');
  await expectSoon(() => shown.innerText()).toContain(dayIn('America/Sao_Paulo'));
  await page.goto('/configuracoes/clinica');
  await page.getByLabel('Fuso horário').selectOption('America/Rio_Branco');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Configurações da clínica salvas.').waitFor();
  await page.getByRole('link', { name: 'Clientes', exact: true }).click();
  await expectSoon(() => shown.innerText()).toContain(dayIn('America/Rio_Branco'));
});

it('Esc closes the card first, and then lets go of the chosen clients', { timeout }, async () => {
  const page = await stage.openDevice('computer');
  const email = `ana@${await stage.openClinic()}`;
  await registerClients(await stage.server.signIn(email), [{ firstName: 'Íris' }, { firstName: 'Noé' }]);
  await openSignedIn(stage.server, page, email, '/clientes');
  const bar = page.getByRole('region', { name: 'Clientes selecionados' });
  await page.getByRole('link', { name: 'Íris' }).focus();
  await page.keyboard.press('x');
  await bar.waitFor();
  await page.getByRole('link', { name: 'Noé' }).click();
  await page.getByRole('dialog', { name: 'Noé' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Noé' }).waitFor({ state: 'detached' });
  expect(await bar.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
});

it('the history tells by name whose client somebody was', { timeout }, async () => {
  const page = await stage.openDevice('computer');
  const domain = await stage.openClinic();
  const ana = await stage.server.signIn(`ana@${domain}`);
  const bruno = await stage.server.signIn(`bruno@${domain}`);
  const [id = ''] = await registerClients(bruno, [{ firstName: 'Íris' }]);
  const body = { professionalId: ana.professionalId };
  await ana.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body });
  await openSignedIn(stage.server, page, `ana@${domain}`, `/clientes/${id}`);
  await page.getByRole('tab', { name: 'Histórico' }).click();
  const change = page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'Profissional' }).last();
  await expectSoon(() => change.getByRole('deletion').innerText()).toBe('Bruno');
  expect(await change.getByRole('insertion').innerText()).toBe('Ana');
});
