import { expect, it } from 'vitest';
import { addDays } from '../../src/shared/zoned-time.ts';
import { findAppointment, findGap, prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, openSignedIn, prepareStage, registerClients } from './clinic.ts';

const stage = prepareStage();

it('half an hour in a week shows time, state and a long name, whole', async () => {
  const page = await stage.openDevice('computer');
  const { agata, bruno, day, book, open } = await prepareAgenda(stage);
  const [ana = ''] = await registerClients(bruno, [{ firstName: 'Ana-Lúcia', lastName: 'Conceição dos Prazeres' }]);
  await book(ana, '09:00', { durationMinutes: 30 });
  await book(agata, '10:00', { durationMinutes: 30 });
  await open(page, `/agenda?dia=${day}&ver=semana&profissional=${bruno.professionalId}`);
  /** Whether time, name and state are within the button: the kind of visit may give way. */
  const isCut = (time: string, name: string) =>
    findAppointment(page, time, name).evaluate((button) => {
      const box = button.getBoundingClientRect();
      const parts = [...(button.firstElementChild?.children ?? [])].filter((part) => part.textContent !== 'Consulta');
      return parts.some((part) => {
        const { right, bottom } = part.getBoundingClientRect();
        return right > box.right + 1 || bottom > box.bottom + 1;
      });
    });
  const long = findAppointment(page, '09:00', 'Ana-Lúcia');
  await long.waitFor();
  expect(await long.innerText()).toMatch(/09:00\s+Ana-Lúcia Conceição dos Prazeres[^]+agendado/);
  expect(await isCut('09:00', 'Ana-Lúcia')).toBe(false);
  expect(await isCut('10:00', 'Ágata')).toBe(false);
});

it('a printed day of 45 has all 45, by name or by initials', async () => {
  const page = await stage.openDevice('computer');
  const { agata, day, book, open } = await prepareAgenda(stage);
  const times = Array.from({ length: 45 }, (_, index) => new Date(Date.UTC(2000, 0, 1, 8, index * 13)));
  for (const time of times) await book(agata, time.toISOString().slice(11, 16), { durationMinutes: 10 });
  await open(page, `/agenda/imprimir?dia=${day}`);
  const rows = page.getByRole('region', { name: 'Bruno' }).locator('tbody tr');
  await expectSoon(() => rows.count()).toBe(45);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(heights.every((height) => height > 5)).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('combobox', { name: 'Clientes' }).selectOption('initials');
  expect(await rows.first().innerText()).toContain('ÁN');
  expect(await page.getByText('Ágata').count()).toBe(0);
});

it('an opened appointment shows the age of the client and the tags that warn', async () => {
  const page = await stage.openDevice('phone');
  const { domain, bruno, day, book } = await prepareAgenda(stage);
  const dateOfBirth = `${String(Number(day.slice(0, 4)) - 30)}-01-01`;
  const client = { firstName: 'Rita', lastName: 'Lee', dateOfBirth, tags: ['vip', 'Diabetes'] };
  const [rita = ''] = await registerClients(bruno, [client]);
  const id = await book(rita, '09:00');
  await openSignedIn(stage.server, page, `carla@${domain}`, `/agenda?dia=${day}&atendimento=${id}`);
  const panel = page.getByRole('dialog', { name: 'Rita Lee' });
  await panel.getByText('30 anos').waitFor();
  await panel.getByRole('listitem').filter({ hasText: 'Atenção: Diabetes' }).waitFor();
  expect(await panel.getByText('vip').count()).toBe(0);
});

it('reception books for everybody, and neither sees nor writes notes', async () => {
  const page = await stage.openDevice('computer');
  const { domain, day, agata, book } = await prepareAgenda(stage);
  const id = await book(agata, '09:00', { notes: 'dor no pé' });
  await openSignedIn(stage.server, page, `carla@${domain}`, `/agenda?dia=${day}&atendimento=${id}`);
  const panel = page.getByRole('dialog', { name: 'Ágata Nóbrega' });
  await panel.getByRole('button', { name: 'Confirmar' }).waitFor();
  expect(await page.getByText('dor no pé').count()).toBe(0);
  expect(await panel.getByRole('textbox').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('list', { name: 'Ana' }).waitFor();
  await page.getByRole('list', { name: 'Bruno' }).getByRole('button', { name: 'Livre 08:00–09:00' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agendar' });
  expect(await dialog.getByRole('combobox', { name: 'Profissional' }).inputValue()).not.toBe('');
  expect(await dialog.getByRole('textbox', { name: 'Anotações' }).count()).toBe(0);
});

it('the day that was shown can be read without a connection, with its age', async () => {
  const page = await stage.openDevice('phone', { serviceWorkers: 'allow' });
  const { day, agata, book, open } = await prepareAgenda(stage);
  await book(agata, '09:00');
  await open(page);
  await findAppointment(page, '09:00', 'Ágata').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await findGap(page, '08:00–09:00').waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await findAppointment(page, '09:00', 'Ágata').waitFor();
  await page.getByText(/^Sem conexão: a agenda está como era às \d\d:\d\d\.$/).waitFor();
  // A day that was never shown is not there.
  await page.goto(`/agenda?dia=${addDays(day, 40)}`);
  await page.getByRole('heading', { name: 'Sem conexão' }).waitFor();
});

it('settings: other hours and an absence change what the day offers', async () => {
  const page = await stage.openDevice('computer');
  const { day, open } = await prepareAgenda(stage);
  await open(page, '/configuracoes/horarios');
  const weekday = new Date(`${day}T12:00Z`).getUTCDay();
  const name = ['Domingo', 'Segunda', 'Terça', 'Quarta', 'Quinta', 'Sexta', 'Sábado'][weekday] ?? '';
  await page.getByLabel(`${name}, até`).fill('12:00');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Horários salvos.').waitFor();
  await page.goto('/configuracoes/ausencias');
  await page.getByRole('button', { name: 'Nova ausência' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nova ausência' });
  await dialog.getByLabel('De', { exact: true }).fill(day);
  await dialog.getByLabel('Hora de início').fill('10:00');
  await dialog.getByLabel('Até').fill(day);
  await dialog.getByLabel('Hora do fim').fill('11:00');
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('curso');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('listitem').filter({ hasText: 'curso' }).waitFor();
  await page.goto(`/agenda?dia=${day}`);
  await findGap(page, '08:00–10:00').waitFor();
  await findGap(page, '11:00–12:00').waitFor();
});

it('what is past and unresolved is “a concluir” on the card and on the page of today', async () => {
  const page = await stage.openDevice('computer');
  const { agata, day, book, open } = await prepareAgenda(stage);
  await book(agata, '09:00', { localStart: `${addDays(day, -14)}T09:00` });
  await open(page, '/hoje');
  await page.getByRole('heading', { name: 'A concluir de antes' }).waitFor();
  await page.getByRole('button', { name: '09:00 Ágata Nóbrega, Consulta, agendado, a concluir' }).waitFor();
  await page.goto(`/clientes/${agata}`);
  await page.getByRole('tab', { name: 'Atendimentos' }).click();
  await page.getByText('Agendado, a concluir').waitFor();
  expect(await page.getByText(/pendente/i).count()).toBe(0);
});
